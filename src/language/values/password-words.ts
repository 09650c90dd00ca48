/** How a language speaks of passwords; the notation is that of `phrases`, capitals and diacritics do not matter. */
export interface PasswordWords {
  /** "password", "PIN" and the like, with their endings. */
  names: string;
  /** What stands between the word and the secret: "is", "will be", "I set". */
  is: string;
  /** Single words that follow "password is" or "password:" and are no password. */
  not: string;
}

/** Words that deny: what follows them is no password ("password does not work on R5X2"). */
export const denials = 'ei|not|doesn|don|isn|cannot|can|ne|nav|не|нет|nicht|kein*|pas|inte|nie';

/** "and": the clause with the secret may end here. */
export const conjunctions = 'and|ja|ning|aga|un|bet|ir|o|и|а|но|och|men|und|aber|et|mais|i|a|ale|but|with|või|vai|or';

export const passwordWords: Record<string, PasswordWords> = {
  et: {
    names: 'parool*|salasõna*|tunnussõna*',
    is: 'on|oli|oleks|panin',
    not: 'ei|ole|oli|on|vale|vigane|õige|kehtetu|kehtiv|aegunud|kadunud|ununenud|unustatud|unustasin|meeles|olemas|puudu|vana|uus|sama|veel|ikka|juba|mul|mu|minu|tuli|tulnud|saamata|katki|lukus|vahetatud|muudetud|seatud|tehtud|liiga|lühike|nõrk|vajalik|nõutud|kuidas|miks|kus|millal|mis|palun|siin|seal|ära|kätte|sobiv|sobimatu|töötab|toimi*|tööta*|aktiivne|lähtesta*|jah|probleem|abi|viga|küsimus',
  },
  lv: {
    names: 'parole*|paroli|parolu|parolei',
    is: 'ir|bija|būs',
    not: 'nav|ir|ne|ne*|vairs|nepareiz*|pareiz*|nederīg*|derīg*|aizmirst*|pazud*|vec*|jaun*|tas|tā|mans|mana|man|jau|vēl|mainīt*|nomainīt*|atiestatīt*|bloķēt*|īsa|vāja|vajadzīg*|kā|kāpēc|kur|kad|lūdzu|šeit|šī|šis|problēma|palīdzība|kļūda|jautājums',
  },
  en: {
    names: 'password*|passwd|passcode*|passphrase|pass|pwd|pw|psw|pin',
    is: 'is|was|will be',
    not: 'not|no|does|doesn*|do|don*|is|isn*|was|has|have|had|been|wrong|incorrect|invalid|correct|right|valid|expired|lost|forgotten|forgot|gone|missing|old|new|same|the|a|an|my|your|it|in|on|at|of|for|to|still|already|never|always|also|too|short|weak|strong|required|needed|rejected|refused|accepted|locked|blocked|changed|reset|set|sent|working|fine|ok|okay|good|bad|unknown|empty|stolen|safe|secure|how|why|where|when|what|which|who|please|here|there|this|that|something|nothing|everything|anything|yes|now|again|back|correctly|field|page|link|mail|email|button|screen|account|login|enter|use|ready|done|canon|cps|problem|help|error|issue|question',
  },
  lt: {
    names: 'slaptažod*',
    is: 'yra|buvo|bus',
    not: 'ne|ne*|neteising*|teising*|pamiršt*|pamiršau|pamest*|sen*|nauj*|tas|mano|jau|dar|baig*|pakeist*|užblokuot*|kaip|kodėl|kur|kada|prašau|čia|problema|pagalba|klaida|klausimas',
  },
  ru: {
    names: 'парол*|пин',
    is: 'это|был|будет',
    not: 'не|нет|неверн*|неправильн*|правильн*|верный|забыт*|забыл*|потерян*|утерян*|стар*|нов*|тот|мой|у|уже|еще|истек*|устарел*|изменен*|сменен*|сброшен*|заблокирован*|слаб*|коротк*|нужен|пуст*|как|почему|где|когда|что|пожалуйста|здесь|работает|подходит|пришел|приходит|проблема|помощь|ошибка|вопрос',
  },
  fi: {
    names: 'salasana*|tunnusluku*',
    is: 'on|oli',
    not: 'ei|en|väärä|väärin|oikea|oikein|vanhentunut|unohtunut|unohdin|kadonnut|hukassa|vanha|uusi|sama|minun|vielä|jo|lukittu|vaihdettu|nollattu|liian|lyhyt|heikko|miten|miksi|missä|milloin|kiitos|täällä|ole|toimi*|tarpeen|pakollinen|ongelma|apua|virhe|kysymys',
  },
  sv: {
    names: 'lösenord*',
    is: 'är|var|blir',
    not: 'inte|fel|felaktigt|rätt|ogiltigt|giltigt|utgånget|glömt|borta|gammalt|nytt|samma|mitt|min|fortfarande|redan|låst|ändrat|bytt|återställt|för|kort|svagt|hur|varför|var|när|tack|här|det|fungerar|krävs|problem|hjälp|fråga',
  },
  de: {
    names: 'passwort*|kennwort*',
    is: 'ist|war|lautet|wird',
    not: 'nicht|kein*|falsch|richtig|korrekt|ungültig|gültig|abgelaufen|vergessen|verloren|weg|alt|neu|gleich|dasselbe|das|der|die|mein*|noch|schon|gesperrt|geändert|zurückgesetzt|zu|kurz|schwach|nötig|erforderlich|wie|warum|wo|wann|bitte|hier|unbekannt|leer|funktioniert|geht|problem|hilfe|fehler|frage',
  },
  fr: {
    names: 'passe|mdp',
    is: 'est|était|sera',
    not: 'pas|ne|n|incorrect*|correct*|faux|fausse|bon|invalide|valide|expiré*|oublié*|perdu*|ancien*|nouveau|même|le|la|un|une|mon|toujours|déjà|encore|bloqué*|changé*|réinitialisé*|trop|court|faible|requis|nécessaire|comment|pourquoi|où|quand|merci|ici|refusé*|inconnu|vide|problème|aide|erreur|question',
  },
  pl: {
    names: 'hasło|hasła|hasłem|hasłu',
    is: 'to|to jest|jest|było|będzie',
    not: 'nie|błędne|niepoprawne|nieprawidłowe|poprawne|prawidłowe|wygasło|zapomniane|zapomniałem|zapomniałam|zgubione|stare|nowe|takie|to|moje|jeszcze|już|zablokowane|zmienione|zresetowane|za|krótkie|słabe|wymagane|potrzebne|jak|dlaczego|gdzie|kiedy|proszę|tutaj|działa|problem|pomoc|błąd|pytanie',
  },
};
