/**
 * Words around a number of points, per language; the notation is that of `phrases`. A translator may add to any row.
 * Rows of one language are only used for that language (and English for all), except the unit, which is the same for all.
 */
export interface PointWords {
  /** Before a number: it is not meant exactly ("about", "over", "at least", "up to", "almost"). Words of five letters and more
   *  may have two others between them and the number ("approximately I have 500"). */
  notExactBefore: string;
  /** After a number: the same ("or more", "approximately"). */
  notExactAfter: string;
  /** Between two numbers: a span ("500 to 600"). */
  to: string;
  /** "each", "per", right before or after a number: the points of single products, which nobody may add up (F28). */
  each: string;
  /** Other things that are counted; such a number is no number of points. */
  otherThings: string;
  /** Hundreds and thousands, the words that make "2 thousand" and "five hundred". */
  big: string;
  /** Two to ten and a few more. */
  small: string;
  /** Number words that are other words too ("kuus" = six, in a month): they count only alone or before "points". */
  homonyms: string;
  minus: string;
}

/** "points" in every language, with the abbreviations in use. */
export const unitWords =
  'punkt*|tootepunkt*|pkt|p|pt|pts|point|points|taškai|taškų|taškus|taško|tašką|taškais|balai|balų|балл*|очк*|пункт*|б|piste*|tuotepiste*|poäng*|produktpoäng*|produktpunkt*';

export const pointWords: Record<string, PointWords> = {
  et: {
    notExactBefore:
      'umbes|ligi|ligikaudu|ligemale|circa|ca|u|pea|peaaegu|üle|rohkem kui|enam kui|vähem kui|alla|vähemalt|kuni|alates|maksimaalselt|minimaalselt|max|min|mingi|kuskil|kusagil|paar|hinnanguliselt',
    notExactAfter:
      'või rohkem|või enam|ja rohkem|ja enam|ja peale|või vähem|või nii|umbes|ligikaudu|ringis|kandis|pluss|plus',
    to: 'kuni',
    each: 'iga|igaüks|igaühel|igaühe|igal|kumbki|kummalgi|kummagi|tükk|tk|per',
    otherThings:
      'päev*|tööpäev*|nädal*|kuu|kuud|aasta*|tund*|minut*|objektiiv*|kaamera*|toode|toodet|tooted|seade|seadet|seadmed|euro*|eur|korda|samm*',
    big: '*sada|*saja|*sadat|*tuhat|*tuhande|*tuhandet|tuh',
    small: 'kaks|kolm|neli|viis|seitse|kaheksa|üheksa|kümme',
    homonyms: 'null|üks|kuus',
    minus: 'miinus',
  },
  lv: {
    notExactBefore:
      'apmēram|aptuveni|ap|apt|kādi|kādas|gandrīz|teju|virs|pāri|vairāk nekā|vairāk par|vairāk kā|mazāk nekā|mazāk par|zem|vismaz|līdz|no|maksimāli|minimāli|max|min|ne vairāk kā|ne mazāk kā|cirka|ca',
    notExactAfter: 'vai vairāk|un vairāk|vai mazāk|apmēram|aptuveni|plus|pluss',
    to: 'līdz',
    each: 'katrs|katra|katram|katrai|katru|par katru|ik|gabalā|gab',
    otherThings:
      'dien*|darba dien*|nedēļ*|mēneš*|mēnes*|gadi|gadiem|gadus|stund*|minūt*|objektīv*|kamer*|produkts|produkti|produktiem|ierīc*|eiro|eur|reiz*|sol*',
    big: '*simts|*simti|*simtu|*simtiem|*tūkstotis|*tūkstoši|*tūkstošu|*tūkstošus|*tūkstošiem|tūkst|tūkstoš',
    small: 'divi|divas|trīs|četri|četras|pieci|piecas|seši|sešas|septiņi|septiņas|astoņi|astoņas|deviņi|deviņas|desmit',
    homonyms: 'nulle|viens|viena',
    minus: 'mīnus',
  },
  en: {
    notExactBefore:
      'about|around|approximately|approx|appr|roughly|circa|ca|c|some|almost|nearly|close to|over|above|more than|under|below|less than|fewer than|at least|at most|up to|maximum|minimum|max|min|between|from|just over|just under|a bit over|not quite',
    notExactAfter: 'or more|or so|or less|and more|and up|and over|plus|ish|approximately|approx|roughly|something',
    to: 'to|till|until|through',
    each: 'each|every|per|apiece|a piece',
    otherThings:
      'day|days|working day|working days|week|weeks|month|months|year|years|hour|hours|minute|minutes|lens|lenses|camera|cameras|product|products|device|devices|euro|euros|eur|times|step|steps',
    big: 'hundred*|thousand*|k|grand',
    small: 'two|three|four|five|six|seven|eight|nine|ten|twenty|fifty',
    homonyms: 'zero|one|a dozen',
    minus: 'minus',
  },
  lt: {
    notExactBefore:
      'apie|maždaug|apytiksliai|beveik|kone|virš|per|daugiau nei|daugiau kaip|daugiau negu|mažiau nei|mažiau kaip|bent|ne mažiau kaip|ne daugiau kaip|iki|nuo|mažiausiai|daugiausiai|max|min|ca',
    notExactAfter: 'ar daugiau|arba daugiau|ir daugiau|su viršum|maždaug|apytiksliai|plius',
    to: 'iki',
    each: 'kiekvien*|kas|po|už kiekvieną|vnt',
    otherThings:
      'dien*|darbo dien*|savait*|mėnes*|mėnuo|metai|metų|metus|valand*|minut*|objektyv*|kamer*|fotoaparat*|gamin*|produkt*|eur*|kart*|žingsn*',
    big: '*šimtas|*šimtai|*šimtų|*šimtus|*tūkstantis|*tūkstančiai|*tūkstančių|*tūkstančius|tūkst',
    small: 'du|dvi|trys|keturi|keturios|penki|penkios|šeši|septyni|aštuoni|devyni|dešimt',
    homonyms: 'nulis|vienas|viena',
    minus: 'minus',
  },
  ru: {
    notExactBefore:
      'около|примерно|приблизительно|где то|порядка|почти|больше|более|больше чем|более чем|свыше|меньше|менее|меньше чем|менее чем|минимум|максимум|макс|мин|до|от|под|ок|чуть больше',
    notExactAfter: 'или больше|или более|и больше|и более|или меньше|примерно|приблизительно|с лишним|с небольшим|плюс',
    to: 'до|по',
    each: 'кажд*|по|за каждый|штука|шт',
    otherThings:
      'дн*|день|рабоч*|недел*|месяц*|год*|лет|час*|минут*|объектив*|камер*|продукт*|товар*|устройств*|евро|раз*|шаг*',
    big: 'тысяч*|тыщ*|тыс|сто|сотн*|двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот|полторы',
    small: 'два|две|три|четыре|пять|шесть|семь|восемь|девять|десять',
    homonyms: 'ноль|нуль|один|одна',
    minus: 'минус',
  },
  fi: {
    notExactBefore:
      'noin|n|suunnilleen|arviolta|melkein|lähes|yli|enemmän kuin|vähemmän kuin|alle|vähintään|enintään|jopa|reilu|reilut|vajaa|vajaat|maksimissaan|minimissään|max|min|ainakin',
    notExactAfter: 'tai enemmän|ja enemmän|tai yli|tai vähemmän|paikkeilla|tietämillä|suunnilleen|plus|kieppeillä',
    to: 'viiva|asti',
    each: 'jokainen|jokaisesta|joka|kukin|kumpikin|per|kpl|kappale',
    otherThings:
      'päiv*|työpäiv*|viikko*|viikk*|kuukau*|vuosi|vuotta|tunti|tuntia|minuut*|objektiiv*|kamera*|tuote|tuotetta|tuotteen|laite|laitetta|euro*|eur|kertaa|askel*',
    big: '*sata|*sataa|*sadan|*tuhat|*tuhatta|*tuhannen|tonni|tonnia',
    small: 'kaksi|kolme|neljä|viisi|seitsemän|kahdeksan|yhdeksän|kymmenen',
    homonyms: 'nolla|yksi|kuusi',
    minus: 'miinus',
  },
  sv: {
    notExactBefore:
      'cirka|circa|ca|ungefär|omkring|runt|nästan|över|mer än|fler än|mindre än|färre än|under|minst|högst|upp till|från|max|min|drygt|knappt|typ|bortåt',
    notExactAfter: 'eller mer|eller fler|och mer|eller så|eller mindre|ungefär|plus|typ',
    to: 'till',
    each: 'varje|vardera|per|styck|st',
    otherThings:
      'dag|dagar|arbetsdag*|veck*|månad*|år|timm*|minut*|objektiv*|kamer*|produkt|produkter|enhet*|euro|eur|kronor|kr|gånger|steg',
    big: '*hundra|*tusen|lax',
    small: 'två|tre|fyra|fem|sex|sju|åtta|nio|tio',
    homonyms: 'noll|en|ett',
    minus: 'minus',
  },
  de: {
    notExactBefore:
      'etwa|ungefähr|circa|zirka|ca|rund|um|um die|fast|beinahe|knapp|über|mehr als|weniger als|unter|mindestens|höchstens|maximal|minimal|max|min|bis|bis zu|ab|gut|so',
    notExactAfter: 'oder mehr|und mehr|oder so|oder weniger|ungefähr|etwa|plus|aufwärts',
    to: 'bis',
    each: 'jede|jeder|jedes|jeweils|je|pro|stück|stk',
    otherThings:
      'tag|tage|tagen|arbeitstag*|woche|wochen|monat*|jahr*|stunde*|minute*|objektiv*|kamera*|produkt|produkte|produkten|gerät*|euro|eur|mal|schritt*',
    big: '*hundert|*tausend|tsd',
    small: 'zwei|drei|vier|fünf|sechs|sieben|neun|zehn',
    homonyms: 'null|ein|eins|eine|acht',
    minus: 'minus',
  },
  fr: {
    notExactBefore:
      'environ|à peu près|approximativement|presque|autour de|dans les|plus de|plus que|moins de|moins que|au moins|au plus|jusqu à|jusque|entre|maximum|minimum|max|min|près de|à partir de|quelque|quelques|env|vers',
    notExactAfter: 'ou plus|et plus|ou moins|environ|à peu près|approximativement|et quelques',
    to: 'à',
    each: 'chaque|chacun|chacune|par|pièce|l unité',
    otherThings:
      'jour|jours|jour ouvré|semaine*|mois|an|ans|année*|heure*|minute*|objectif*|appareil*|produit|produits|euro*|eur|fois|étape*',
    big: 'cent|cents|mille|millier*',
    small: 'deux|trois|quatre|cinq|sept|huit|vingt|trente',
    homonyms: 'zéro|un|une|six|neuf|dix',
    minus: 'moins',
  },
  pl: {
    notExactBefore:
      'około|ok|mniej więcej|prawie|niemal|blisko|ponad|powyżej|więcej niż|mniej niż|poniżej|co najmniej|przynajmniej|najwyżej|maksymalnie|minimalnie|do|od|max|min|jakieś',
    notExactAfter: 'lub więcej|albo więcej|i więcej|lub mniej|mniej więcej|z hakiem|plus',
    to: 'do',
    each: 'każdy|każda|każde|każdego|każdej|za każdy|po|na|sztuka|szt',
    otherThings:
      'dzień|dni|dniach|tydzień|tygodni*|miesiąc*|miesięcy|rok|lat|lata|godzin*|minut*|obiektyw*|aparat*|produkt|produkty|produktów|urządze*|euro|eur|zł|razy|krok*',
    big: 'sto|stu|dwieście|trzysta|czterysta|pięćset|sześćset|siedemset|osiemset|dziewięćset|tysiąc*|tysięcy|tys',
    small: 'dwa|dwie|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć',
    homonyms: 'zero|jeden|jedna',
    minus: 'minus',
  },
};
