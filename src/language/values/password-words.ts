/** How a language speaks of passwords; the notation is that of `phrases`, capitals and diacritics do not matter. */
export interface PasswordWords {
  /** "password", "PIN" and the like, with their endings. */
  names: string;
  /** What stands between the word and the secret: "is", "will be", "I set". */
  is: string;
  /** Single words that follow "password is" or "password:" and are no password. */
  not: string;
  /** Names of codes that let one in, of digits: "PIN", a code that is sent for one time. */
  codes: string;
  /** Names of the check number on a card. */
  checks: string;
  /** "code", "number": what stands behind "PIN" and "CVC". */
  code: string;
}

/** Words that deny: what follows them is no password ("password does not work on R5X2"). */
export const denials = 'ei|not|doesn|don|isn|cannot|can|ne|nav|не|нет|nicht|kein*|pas|inte|nie';

/** What asks: "I do not know what my password is" leads to no password. */
export const questions =
  'what|which|how|where|when|why|if|mis|milline|missugune|kas|kuidas|kus|millal|miks|kāda|kādā|kā|kur|kad|kāpēc|vai|' +
  'koks|kokia|kaip|какой|что|как|где|mikä|miten|vad|vilket|hur|was|welches|wie|quel|comment|jakie|jak|co';

/** "as a password", in one word: what stands before it is the password. */
export const essives = 'parooliks|paroolina|salasõnaks|salasõnana|salasanana|salasanaksi';

/** "as", "for": what stands between a password and the word for it ("try abc123 as password"). */
export const asWords = 'as|for|kui|kā|kaip|как|som|als|comme|jako';

/** "and": the clause with the secret may end here. */
export const conjunctions = 'and|ja|ning|aga|un|bet|ir|o|и|а|но|och|men|und|aber|et|mais|i|a|ale|but|with|või|vai|or';

export const passwordWords: Record<string, PasswordWords> = {
  et: {
    names: 'parool*|salasõna*|tunnussõna*',
    is: 'on|oli|oleks|panin|saab olema',
    not: 'ei|ole|oli|on|vale|vigane|õige|kehtetu|kehtiv|aegunud|kadunud|ununenud|unustatud|unustasin|meeles|olemas|puudu|vana|uus|sama|veel|ikka|juba|mul|mu|minu|tuli|tulnud|saamata|katki|lukus|vahetatud|muudetud|seatud|tehtud|liiga|lühike|nõrk|vajalik|nõutud|kuidas|miks|kus|millal|mis|palun|siin|seal|ära|kätte|sobiv|sobimatu|töötab|toimi*|tööta*|aktiivne|lähtesta*|jah|probleem|abi|viga|küsimus|*nud|*tud|*dud|*mata|aegumas|muutumas|selline|keeruline|lihtne|tugev|turvaline|ebaturvaline|pikk|tühi|ajutine|teada|teadmata|vaja|kohustuslik|sees|keegi|kellelgi|kellel|midagi|mingi|e-kirjas|vahetada|muuta|kes|siis|nüüd|ka|jälle|küll|alati|mitte|peidus|nähtav|saadetud|tundmatu|väga|õigesti|valesti|seesama|vaikimisi',
    codes: 'pin|puk|pinkood*|turvakood*|kinnituskood*|sisselogimiskood*|sms kood*|ühekordne kood|ühekordse koodi',
    checks: 'cvc|cvv|cvn|turvakood*|kontrollnumber|kontrollnumbri*',
    code: 'kood|koodi|koodiks|koodid|number|nr',
  },
  lv: {
    names: 'parole*|paroli|parolu|parolei',
    is: 'ir|bija|būs',
    not: 'nav|ir|ne|ne*|vairs|nepareiz*|pareiz*|nederīg*|derīg*|aizmirst*|pazud*|vec*|jaun*|tas|tā|mans|mana|man|jau|vēl|mainīt*|nomainīt*|atiestatīt*|bloķēt*|īsa|vāja|vajadzīg*|kā|kāpēc|kur|kad|lūdzu|šeit|šī|šis|problēma|palīdzība|kļūda|jautājums|jāmaina|jānomaina|jāmainīt|jāievada|jāatjauno|jāatiestata|jāatceras|jāizmanto|jālieto|jāizveido|jāmeklē|jāraksta|jāsaņem|jāiestata|jābūt|jāzina|jāpārbauda|jāapstiprina|jāpieprasa|*usi|*usies|*ušies|*ējusi|beigus*|noteikt*|obligāt*|nepieciešam*|droš*|nedroš*|stipr*|gara|garš|garāk*|tukš*|pagaidu|zināma|nezināma|nosūtīt*|atsūtīt*|saņemt*|pieņemt*|noraidīt*|ievadīt*|pieprasīt*|izveidot*|iestatīt*|dzēst*|nozagt*|uzlauzt*|atjaunot*|atjaunin*|saglabāt*|redzam*|paslēpt*|tāda|tāds|tāpat|kāds|kāda|vienkārš*|sarežģīt*|atšķirīg*|tagad|atkal|arī|joprojām|vienmēr|pārāk|ļoti|kaut|par|no|uz|pie|manā|manam|ierobežot*|aizsargāt*|vajag',
    codes:
      'pin|puk|pinkod*|apstiprinājuma kod*|drošības kod*|verifikācijas kod*|sms kod*|vienreizēj* kod*|pieejas kod*',
    checks: 'cvc|cvv|drošības kod*|pārbaudes kod*',
    code: 'kods|kodu|koda|numurs|nr',
  },
  en: {
    names: 'password*|passwd|passcode*|passphrase|pass|pwd|pw|psw|pin',
    is: 'is|was|will be',
    not: 'not|no|does|doesn*|do|don*|is|isn*|was|has|have|had|been|wrong|incorrect|invalid|correct|right|valid|expired|lost|forgotten|forgot|gone|missing|old|new|same|the|a|an|my|your|it|in|on|at|of|for|to|still|already|never|always|also|too|short|weak|strong|required|needed|rejected|refused|accepted|locked|blocked|changed|reset|set|sent|working|fine|ok|okay|good|bad|unknown|empty|stolen|safe|secure|how|why|where|when|what|which|who|please|here|there|this|that|something|nothing|everything|anything|yes|now|again|back|correctly|field|page|link|mail|email|button|screen|account|login|enter|use|ready|done|canon|cps|problem|help|error|issue|question|recogni*|unrecogni*|compromised|hacked|disabled|deleted|updated|created|generated|hidden|visible|different|impossible|unavailable|temporary|default|case|mandatory|optional|denied|leaked|shown|stored|saved|forbidden|unable|being|going|just|only|really|very|far|so|hard|easy|simple|complex|complicated|matching|mismatch*|about|expiring|possible|case-sensitive|more|less|well|supposed|by|from|with|like|kept|typed|entered|asked|requested|sensitive|protected|up|out|off|them|they|we|us|over|work|works|blank',
    codes:
      'pin|puk|otp|security code*|verification code*|confirmation code*|one time code*|one time passcode*|login code*|sms code*|access code*',
    checks: 'cvc|cvv|cvn|csc|security code*|card verification code|card verification number|card verification value',
    code: 'code|codes|number|no',
  },
  lt: {
    names: 'slaptažod*',
    is: 'yra|buvo|bus',
    not: 'ne|ne*|neteising*|teising*|pamiršt*|pamiršau|pamest*|sen*|nauj*|tas|mano|jau|dar|baig*|pakeist*|užblokuot*|kaip|kodėl|kur|kada|prašau|čia|problema|pagalba|klaida|klausimas|*usi|*usis|silpnas|trumpas|stiprus|tinkamas|netinkamas|reikaling*|privalom*|išsiųst*|atkurt*',
    codes: 'pin|puk|saugos kod*|patvirtinimo kod*|sms kod*|vienkartin* kod*',
    checks: 'cvc|cvv|saugos kod*',
    code: 'kodas|kodą|numeris|nr',
  },
  ru: {
    names: 'парол*|пин',
    is: 'это|был|будет',
    not: 'не|нет|неверн*|неправильн*|правильн*|верный|забыт*|забыл*|потерян*|утерян*|стар*|нов*|тот|мой|у|уже|еще|истек*|устарел*|изменен*|сменен*|сброшен*|заблокирован*|слаб*|коротк*|нужен|пуст*|как|почему|где|когда|что|пожалуйста|здесь|работает|подходит|пришел|приходит|проблема|помощь|ошибка|вопрос|истек|просрочен*|отправлен*|принят*|отклонен*|действительн*|недействительн*|обязател*|временн*|сложн*|прост*|длинн*|пустой|введен*|взломан*|удален*',
    codes: 'пин|пинкод*|код подтверждения|код безопасности|смс код|код из смс|одноразов* код',
    checks: 'cvc|cvv|код безопасности|проверочный код',
    code: 'код|номер',
  },
  fi: {
    names: 'salasana*|tunnusluku*',
    is: 'on|oli',
    not: 'ei|en|väärä|väärin|oikea|oikein|vanhentunut|unohtunut|unohdin|kadonnut|hukassa|vanha|uusi|sama|minun|vielä|jo|lukittu|vaihdettu|nollattu|liian|lyhyt|heikko|miten|miksi|missä|milloin|kiitos|täällä|ole|toimi*|tarpeen|pakollinen|ongelma|apua|virhe|kysymys|*nut|*nyt|*ttu|*tty|vahva|pitkä|tyhjä|väliaikainen',
    codes: 'pin|puk|turvakoodi*|vahvistuskoodi*|kertakoodi*|tunnusluku*',
    checks: 'cvc|cvv|turvakoodi*|turvaluku*|tarkistusnumero*',
    code: 'koodi|koodini|numero|nro',
  },
  sv: {
    names: 'lösenord*',
    is: 'är|var|blir',
    not: 'inte|fel|felaktigt|rätt|ogiltigt|giltigt|utgånget|glömt|borta|gammalt|nytt|samma|mitt|min|fortfarande|redan|låst|ändrat|bytt|återställt|för|kort|svagt|hur|varför|var|när|tack|här|det|fungerar|krävs|problem|hjälp|fråga|starkt|långt|tomt|tillfälligt|skickat|godkänt|obligatoriskt|nödvändigt',
    codes: 'pin|puk|pinkod*|säkerhetskod*|verifieringskod*|bekräftelsekod*|engångskod*',
    checks: 'cvc|cvv|säkerhetskod*',
    code: 'kod|koden|nummer',
  },
  de: {
    names: 'passwort*|kennwort*',
    is: 'ist|war|lautet|wird',
    not: 'nicht|kein*|falsch|richtig|korrekt|ungültig|gültig|abgelaufen|vergessen|verloren|weg|alt|neu|gleich|dasselbe|das|der|die|mein*|noch|schon|gesperrt|geändert|zurückgesetzt|zu|kurz|schwach|nötig|erforderlich|wie|warum|wo|wann|bitte|hier|unbekannt|leer|funktioniert|geht|problem|hilfe|fehler|frage|stark|lang|sicher|unsicher|temporär|gesendet|geschickt|akzeptiert|abgelehnt|erlaubt|pflicht',
    codes: 'pin|puk|tan|sicherheitscode*|bestätigungscode*|einmalcode*',
    checks: 'cvc|cvv|sicherheitscode*|prüfnummer|prüfziffer|kartenprüfnummer',
    code: 'code|nummer|nr',
  },
  fr: {
    names: 'passe|mdp',
    is: 'est|était|sera',
    not: 'pas|ne|n|incorrect*|correct*|faux|fausse|bon|invalide|valide|expiré*|oublié*|perdu*|ancien*|nouveau|même|le|la|un|une|mon|toujours|déjà|encore|bloqué*|changé*|réinitialisé*|trop|court|faible|requis|nécessaire|comment|pourquoi|où|quand|merci|ici|refusé*|inconnu|vide|problème|aide|erreur|question|fort|long|sûr|temporaire|envoyé*|accepté*|obligatoire',
    codes: 'pin|puk|code de sécurité|code de vérification|code de confirmation|code secret|code confidentiel',
    checks: 'cvc|cvv|code de sécurité|cryptogramme|cryptogramme visuel',
    code: 'code|numéro|no',
  },
  pl: {
    names: 'hasło|hasła|hasłem|hasłu',
    is: 'to|to jest|jest|było|będzie',
    not: 'nie|błędne|niepoprawne|nieprawidłowe|poprawne|prawidłowe|wygasło|zapomniane|zapomniałem|zapomniałam|zgubione|stare|nowe|takie|to|moje|jeszcze|już|zablokowane|zmienione|zresetowane|za|krótkie|słabe|wymagane|potrzebne|jak|dlaczego|gdzie|kiedy|proszę|tutaj|działa|problem|pomoc|błąd|pytanie|silne|długie|puste|bezpieczne|tymczasowe|wysłane|przyjęte|odrzucone|obowiązkowe|konieczne|nieważne|ważne',
    codes: 'pin|puk|kod bezpieczeństwa|kod weryfikacyjny|kod potwierdzający|kod jednorazowy|kod sms',
    checks: 'cvc|cvv|kod bezpieczeństwa',
    code: 'kod|kodu|numer|nr',
  },
};
