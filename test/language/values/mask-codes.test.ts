import { describe } from 'vitest';
import { testMasked, testUntouched } from '../../helpers/marked.ts';

describe('PINs and codes for one time are hidden', () => {
  testMasked('password', [
    'mu PIN on {4711}',
    'mana PIN ir {4711}',
    'my PIN is {4711}',
    'PIN kood: {4711}',
    'PIN-kood on {4711}',
    'mu pinkood on {4711}',
    'PIN kods ir {4711}',
    'PIN kodu {4711} vairs nepieņem',
    'pin code: {1234}',
    'PIN2 {12345}',
    'pin2: {12345}',
    'Smart-ID PIN1 {1234}',
    'pin: {12 34}',
    'pin{1234}',
    'PIN\n{4711}',
    'PIN ({4711})',
    'PIN ٤٧١١'.replace('٤٧١١', '{٤٧١١}'),
    'kinnituskood {123456}',
    'SMS-kood on {482 913}',
    'apstiprinājuma kods ir {482913}',
    'verification code is {482913}',
    'one-time code: {482913}',
    'turvakood {482913}',
    'PIN kodas yra {4711}',
    'ПИН-код {4711}',
    'пин это {4711}',
    'PIN-koodi on {4711}',
    'PIN-koden är {4711}',
    'PIN ist {4711}',
    'code PIN est {4711}',
    'kod PIN to {4711}',
  ]);
});

describe('other words about them stay', () => {
  testUntouched([
    'PIN-koodi ei küsita',
    'PIN kods nepienāk',
    'PIN code does not work',
    'Unustasin PIN koodi, 2500 punkti on alles',
    'My PIN. 2500 points are gone',
    'PIN 20.11.2026',
    'PIN 2 korda vale',
    'kinnituskood ei tulnud 20.11.2026',
    'postikood 10111',
    'tootekood 5077C002',
    'error code 4711',
    'kods 1234',
    'pinnal 12345',
  ]);
});
