/**
 * What people call a country beside the name that Intl knows, per language: short and other names, parts of the United Kingdom,
 * and forms that no ending rule gives ("Suomessa" from "Suomi"). Blanks belong to the name, `|` parts names.
 * A star stands for the rest of the last word ("alankomai*").
 */
export const otherNames: Record<string, Record<string, string>> = {
  et: {
    GB: 'inglismaa|suurbritannia|šotimaa|põhja-iirimaa|wales|ühendkuningriig*|briti',
    NL: 'madalmaad*',
    FR: 'prantsus',
    CZ: 'tšehhimaa|tšehhi vabariik*',
    HU: 'ungarimaa',
    LU: 'luxembourg',
    SE: 'rootsimaa',
    NO: 'norramaa',
  },
  lv: {
    GB: 'anglija|lielbritānija|skotija|velsa|ziemeļīrija|apvienotajā karalistē|apvienotās karalistes',
    NL: 'holande|nīderland*',
    CZ: 'čehijas republika',
    DE: 'vāczeme',
  },
  en: {
    GB: 'uk|u k|great britain|britain|england|scotland|wales|northern ireland',
    NL: 'holland|the netherlands',
    CZ: 'czech republic|czech',
    IE: 'eire|republic of ireland',
    RU: 'russian federation',
  },
  lt: {
    GB: 'anglija|didžioji britanija|didžiojoje britanijoje|didžiosios britanijos|škotija|velsas|šiaurės airija|jungtinėje karalystėje|jungtinės karalystės',
    NL: 'olandija',
  },
  ru: {
    GB: 'англия|британия|шотландия|уэльс|северная ирландия|соединенное королевство',
    NL: 'голландия',
    RU: 'рф|российская федерация',
    EE: 'эстонская республика',
    DE: 'фрг',
  },
  fi: {
    GB: 'englanti|englanni*|britannia|yhdistynyt kuningaskunta|yhdistyneessä kuningaskunnassa|skotlanti|skotlanni*|wales|pohjois-irlanti|pohjois-irlanni*|isossa-britanniassa|isosta-britanniasta',
    FI: 'suomessa|suomesta|suomeen|suomen|suomelle',
    EE: 'eesti',
    AT: 'itävallassa|itävallasta|itävallan',
    NL: 'hollanti|hollanni*|alankomai*',
    IE: 'irlanni*',
    CZ: 'tšeki*|tšekinmaa',
    PT: 'portugalissa',
  },
  sv: {
    GB: 'england|skottland|wales|nordirland|förenade kungariket',
    NL: 'holland',
    CZ: 'tjeckiska republiken',
  },
  de: {
    GB: 'england|großbritannien|schottland|wales|nordirland|vereinigten königreich',
    NL: 'holland|niederlanden',
    CZ: 'tschechische republik|tschechischen republik',
    DE: 'brd',
    EE: 'estonien',
  },
  fr: {
    GB: 'angleterre|grande-bretagne|écosse|pays de galles|irlande du nord',
    NL: 'hollande',
    CZ: 'république tchèque',
  },
  pl: {
    GB: 'anglia|szkocja|walia|irlandia północna|irlandii północnej|wielkiej brytanii|wielką brytanię|zjednoczone królestwo',
    NL: 'niderlandy|niderlandach',
    DE: 'niemczech|niemiec',
    PL: 'polsce|rp',
    CZ: 'czechach|czech',
    HU: 'węgrzech|węgier',
    IT: 'włoszech|włoch',
  },
};

/** Endings a name takes, per language: the first row whose `from` ends the folded name gives the forms. */
export const endings: Record<string, readonly { from: RegExp; to: readonly string[] }[]> = {
  et: [
    { from: /(?<=[aeiou])$/, to: ['s', 'st', 'sse', 'l', 'le', 'lt', 'ga', 'ks', 't', 'ni', 'sse'] },
    { from: /$/, to: ['i', 'is', 'ist', 'isse', 'iga', 'it', 'iks', 's', 'st'] },
  ],
  lv: [
    { from: /a$/, to: ['as', 'ai', 'u'] },
    { from: /e$/, to: ['es', 'ei', 'i', 'em', 'ēs'] },
  ],
  lt: [
    { from: /as$/, to: ['e', 'o', 'a', 'ui', 'u'] },
    { from: /ai$/, to: ['uose', 'u', 'us', 'ams'] },
    { from: /a$/, to: ['os', 'oje', 'ai', 'on'] },
  ],
  ru: [
    { from: /ия$/, to: ['ии', 'ию', 'ией'] },
    { from: /я$/, to: ['е', 'и', 'ю', 'ей'] },
    { from: /а$/, to: ['ы', 'е', 'и', 'у', 'ой', 'ей'] },
    { from: /ы$/, to: ['ов', 'ах', 'ам'] },
    { from: /$/, to: ['а', 'е', 'у', 'ом'] },
  ],
  fi: [
    { from: /t$/, to: ['issa', 'ista', 'ihin', 'ien'] },
    { from: /$/, to: ['n', 'ssa', 'sta', 'an', 'en', 'in', 'on', 'a', 'ta', 'lla', 'lta', 'lle'] },
  ],
  sv: [{ from: /(?<!s)$/, to: ['s'] }],
  de: [{ from: /(?<!s)$/, to: ['s'] }],
  en: [{ from: /(?<!s)$/, to: ['s'] }],
  pl: [
    { from: /ia$/, to: ['ii', 'ie', 'ia'] },
    { from: /ja$/, to: ['ji', 'je'] },
    { from: /wa$/, to: ['wie', 'wy', 'we'] },
    { from: /ska$/, to: ['ski', 'ske'] },
    { from: /(?<=[gl])$/, to: ['u', 'a', 'ii'] },
  ],
};
