/**
 * Words for days, per language; the notation is that of `phrases`: `|` parts phrases, a star stands for any letters, capitals and
 * diacritics do not matter. `weekdays`, `months` and `numbers` have one word (with its `|`) after the other, parted by blanks.
 */
export interface DateWords {
  today: string;
  yesterday: string;
  /** The day before yesterday. */
  twoDaysAgo: string;
  tomorrow: string;
  /** From Monday. */
  weekdays: string;
  /** From Monday; only used for this language, since "mon" and "sun" are words elsewhere. */
  shortWeekdays?: string;
  /** From January. */
  months: string;
  last: string;
  next: string;
  ago: string;
  day: string;
  week: string;
  /** Spans that are no single day: month, year, weekend, working days (whose count needs a calendar), "a few". */
  vague: string;
  /** Phrases with a word of another row in them that name no day. */
  noDay?: string;
  /** One to ten, with the forms used before "days". */
  numbers: string;
  /** After a number that is the day of the month ("20. kuupäeval"). */
  dayOfMonth: string;
  or: string;
}

export const dateWords: Record<string, DateWords> = {
  et: {
    today: 'täna|tänane|tänasel|tänahommikul',
    yesterday: 'eile|eilne|eilsel|eilsest',
    twoDaysAgo: 'üleeile|üle eile|üleeilsel',
    tomorrow: 'homme',
    weekdays: 'esmaspäev* teisipäev* kolmapäev* neljapäev* reede* laupäev* pühapäev*',
    months: 'jaan* veebr* märts* apr* mai|mais|maist|mail|maiks|maini juuni* juuli* aug* sept* okt* nov* dets*',
    last: 'eelmi*|möödunud|läinud',
    next: 'järgmi*|tuleva*',
    ago: 'tagasi',
    day: 'päev|päeva|päevad',
    week: 'nädal*',
    vague: 'tööpäev*|kuu|kuud|aasta*|nädalavahetus*|paar|mõni|mõned|mitu|hiljuti',
    numbers: 'üks|ühe kaks|kahe kolm|kolme neli|nelja viis|viie kuus|kuue seitse|seitsme kaheksa üheksa kümme|kümne',
    dayOfMonth: 'kuupäev*',
    or: 'või|kuni|ja',
  },
  lv: {
    today: 'šodien*|šorīt|šovakar|šonakt',
    yesterday: 'vakar|vakardien*',
    twoDaysAgo: 'aizvakar',
    tomorrow: 'rīt|rītdien*',
    weekdays: 'pirmdien* otrdien* trešdien* ceturtdien* piektdien* sestdien* svētdien*',
    months: 'jan|janvār* feb|febr|februār* mart* apr|aprīl* maij*|mai jūn* jūl* aug* sept* okt* nov* dec*',
    last: 'pagājuš*|iepriekšēj*|aizvadīt*',
    next: 'nākam*|nākoš*',
    ago: 'pirms|atpakaļ',
    day: 'diena|dienas|dienām|dienu|dienam',
    week: 'nedēļ*',
    vague: 'darba dien*|darbdien*|mēneš*|mēnes*|gada|gadiem|nedēļas nogal*|brīvdien*|pāris|dažas|dažām|vairāk*|nesen',
    numbers:
      'viena|vienas|vienu divas|divām|divam trīs|trim|trijām četras|četrām piecas|piecām sešas|sešām septiņas|septiņām astoņas|astoņām deviņas|deviņām desmit',
    dayOfMonth: 'datum*|numur*',
    or: 'vai|līdz|un',
  },
  en: {
    today: 'today|this morning|this afternoon|this evening|tonight',
    yesterday: 'yesterday|last night',
    twoDaysAgo: 'day before yesterday',
    tomorrow: 'tomorrow',
    weekdays: 'monday* tuesday* wednesday* thursday* friday* saturday* sunday*',
    shortWeekdays: 'mon tue|tues wed thu|thur|thurs fri sat sun',
    months:
      'jan|january feb|february mar|march apr|april may jun|june jul|july aug|august sep|sept|september oct|october nov|november dec|december',
    last: 'last|previous|past',
    next: 'next|coming',
    ago: 'ago|before today|back',
    day: 'day|days',
    week: 'week|weeks',
    vague:
      'working day|working days|business day|business days|workdays|month*|year*|weekend*|few|couple|some|several|recently',
    numbers: 'one two three four five six seven eight nine ten',
    dayOfMonth: 'of this month|of the month',
    or: 'or|to|until|and',
  },
  lt: {
    today: 'šiandien|šiandieną|šįryt|šįvakar',
    yesterday: 'vakar|vakarykšt*',
    twoDaysAgo: 'užvakar',
    tomorrow: 'rytoj',
    weekdays: 'pirmadien* antradien* trečiadien* ketvirtadien* penktadien* šeštadien* sekmadien*',
    months: 'saus* vasar* kov* baland* geguž* birž* liep* rugp* rugs* spal* lapkr* gruod*',
    last: 'praeit*|praėj*|paskutin*',
    next: 'kitą|kitas|kitos|ateinan*',
    ago: 'prieš|atgal',
    day: 'diena|dieną|dienas|dienų|dienos',
    week: 'savait*',
    vague: 'darbo dien*|mėnes*|mėnuo|metai|metus|savaitgal*|kelias|kelios|keletą|porą|neseniai',
    numbers:
      'viena|vieną dvi|dvejas tris|trys keturias|keturios penkias|penkios šešias|šešios septynias aštuonias devynias dešimt',
    dayOfMonth: 'd|diena|dieną',
    or: 'arba|ar|iki|ir',
  },
  ru: {
    today: 'сегодня*',
    yesterday: 'вчера*',
    twoDaysAgo: 'позавчера*',
    tomorrow: 'завтра*',
    weekdays: 'понедельник* вторник* среда|среду|среды|среде|средой четверг* пятниц* суббот* воскресень*|воскресен*',
    shortWeekdays: 'пн вт ср чт пт сб вс',
    months: 'янв* фев* мар|март* апр* май|мая|мае июн* июл* авг* сен* окт* ноя* дек*',
    last: 'прошл*|предыдущ*|минувш*',
    next: 'следующ*|будущ*',
    ago: 'назад',
    day: 'день|дня|дней|дни|сутки|суток',
    week: 'недел*',
    vague: 'рабоч*|месяц*|год*|лет|выходн*|пару|пара|несколько|недавно',
    numbers: 'один|одну два|две три четыре пять шесть семь восемь девять десять',
    dayOfMonth: 'числ*',
    or: 'или|до|по|и',
  },
  fi: {
    today: 'tänään|tänä aamuna|tänä iltana',
    yesterday: 'eilen|eilinen|eilisestä',
    twoDaysAgo: 'toissapäivänä|toissa päivänä|toissapäivä',
    tomorrow: 'huomenna',
    weekdays: 'maanantai* tiistai* keskiviik* torstai*|torstaina perjantai* lauantai* sunnuntai*',
    months: 'tammi* helmi* maalis* huhti* touko* kesä* heinä* elo* syys* loka* marras* joulu*',
    last: 'viime|edellis*|viimeksi',
    next: 'ensi|seuraava*',
    ago: 'sitten',
    day: 'päivä|päivää|päivän',
    week: 'viikko|viikkoa|viikon|viikolla',
    vague: 'työpäiv*|arkipäiv*|kuukau*|vuosi|vuotta|viikonlop*|pari|muutama*|äskettäin|hiljattain',
    numbers:
      'yksi|yhden kaksi|kahden kolme|kolmen neljä|neljän viisi|viiden kuusi|kuuden seitsemän kahdeksan yhdeksän kymmenen',
    dayOfMonth: 'päivä|päivänä',
    or: 'tai|vai|ja',
  },
  sv: {
    today: 'idag|i dag|i morse|imorse|ikväll|i kväll',
    yesterday: 'igår|i går',
    twoDaysAgo: 'i förrgår|iförrgår|förrgår',
    tomorrow: 'imorgon|i morgon|imorron',
    weekdays: 'måndag* tisdag* onsdag* torsdag* fredag* lördag* söndag*',
    months: 'jan* feb* mar|mars apr* maj jun* jul|juli aug* sep* okt* nov* dec*',
    last: 'förra|senaste|föregående|*dags',
    next: 'nästa|kommande',
    ago: 'sedan|sen',
    day: 'dag|dagar',
    week: 'vecka|veckan|veckor',
    vague: 'arbetsdag*|vardag*|månad*|år|helgen|helg|några|nyligen',
    numbers: 'en|ett två tre fyra fem sex sju åtta nio tio',
    dayOfMonth: '',
    or: 'eller|till|och',
  },
  de: {
    today: 'heute|heut|heute morgen',
    yesterday: 'gestern|gestern morgen',
    twoDaysAgo: 'vorgestern',
    tomorrow: 'morgen',
    weekdays: 'montag* dienstag* mittwoch* donnerstag* freitag* samstag*|sonnabend* sonntag*',
    months: 'jan|januar*|jänner*|jaenner* feb* märz*|maerz*|mrz apr* mai jun|juni jul|juli aug* sep* okt* nov* dez*',
    last: 'letzt*|vorig*|vergangen*',
    next: 'nächst*|naechst*|kommend*',
    ago: 'vor',
    day: 'tag|tage|tagen',
    week: 'woche|wochen',
    vague: 'arbeitstag*|werktag*|monat*|jahr*|wochenend*|paar|einigen|ein paar|kürzlich|neulich',
    noDay: 'guten morgen',
    numbers: 'einem|einer|eine zwei drei vier fünf|fuenf sechs sieben acht neun zehn',
    dayOfMonth: '',
    or: 'oder|bis|und',
  },
  fr: {
    today: 'aujourd’hui|aujourdhui|ce matin|ce soir',
    yesterday: 'hier',
    twoDaysAgo: 'avant-hier|avanthier',
    tomorrow: 'demain',
    weekdays: 'lundi* mardi* mercredi* jeudi* vendredi* samedi* dimanche*',
    months: 'janv* fév* mars avr* mai juin juil* août sept* oct* nov* déc*',
    last: 'dernier*|dernière*|passé|passée|précédent*',
    next: 'prochain*',
    ago: 'il y a|y a',
    day: 'jour|jours',
    week: 'semaine*',
    vague: 'jours ouvrés|jours ouvrables|mois|an|ans|année*|week-end*|weekend*|quelques|plusieurs|récemment',
    numbers: 'un|une deux trois quatre cinq six sept huit neuf dix',
    dayOfMonth: 'du mois',
    or: 'ou|au|et',
  },
  pl: {
    today: 'dzisiaj|dziś|dzisiejsz*',
    yesterday: 'wczoraj*',
    twoDaysAgo: 'przedwczoraj*',
    tomorrow: 'jutro',
    weekdays:
      'poniedział* wtorek|wtorku|wtorkowy środa|środę|środy|środzie czwartek|czwartku piątek|piątku sobota|sobotę|soboty|sobocie niedziel*',
    shortWeekdays: 'pn|pon wt śr czw pt|piąt sob nd',
    months:
      'stycz* lut|luty|lutego|lutym marz*|marc* kwie* maj|maja|maju czerw* lip|lipiec|lipca|lipcu sierp* wrze* paźdz* listop* grud*',
    last: 'ostatni*|zeszł*|ubiegł*|poprzedni*|minion*',
    next: 'przyszł*|następn*',
    ago: 'temu',
    day: 'dzień|dni|dnia',
    week: 'tydzień|tygodnie|tygodni|tygodnia|tygodniu',
    vague: 'robocz*|miesiąc*|miesięcy|rok|lat|lata|weekend*|parę|kilka|niedawno',
    numbers: 'jeden dwa|dwóch trzy cztery pięć sześć siedem osiem dziewięć dziesięć',
    dayOfMonth: 'dnia',
    or: 'lub|albo|do|i',
  },
};
