import { describe, expect, it } from 'vitest';
import { detectLanguage } from './detect-language.ts';

describe('detectLanguage', () => {
  it.each([
    [
      'en',
      'The ferry came back to the old harbour on Monday and the whole town was on the quay to greet it.',
    ],
    [
      'fr',
      'Le ferry est revenu lundi dans le vieux port et toute la ville était sur le quai pour le saluer.',
    ],
    [
      'de',
      'Die Fähre ist am Montag in den alten Hafen zurückgekehrt und die ganze Stadt war am Kai, um sie zu begrüßen.',
    ],
    [
      'es',
      'El transbordador volvió el lunes al viejo puerto y toda la ciudad estaba en el muelle para recibirlo.',
    ],
    [
      'pt',
      'O barco voltou na segunda-feira ao porto antigo e toda a cidade estava no cais para o receber com uma festa.',
    ],
    [
      'nl',
      'De veerboot is maandag in de oude haven teruggekeerd en de hele stad stond op de kade om hem te begroeten.',
    ],
    [
      'da',
      'Færgen kom mandag tilbage til den gamle havn, og hele byen var på kajen for at hilse på den efter ti år.',
    ],
    [
      'pl',
      'Prom wrócił w poniedziałek do starego portu, a całe miasto było na nabrzeżu, aby go powitać po dziesięciu latach.',
    ],
    [
      'ru',
      'Паром вернулся в старую гавань в понедельник, и весь город был на набережной, чтобы его встретить.',
    ],
    [
      'uk',
      'Пором повернувся до старої гавані в понеділок, і все місто було на набережній, щоб його зустріти після ремонту.',
    ],
    [
      'mk',
      'Траектот се врати во старото пристаниште во понеделникот, а целиот град беше на кејот за да го пречека.',
    ],
    [
      'bg',
      'Фериботът се върна в старото пристанище в понеделник и целият град беше на кея, за да го посрещне след ремонта.',
    ],
    [
      'sr',
      'Трајект се вратио у стару луку у понедељак, а цео град је био на кеју да га дочека после ремонта.',
    ],
    [
      'ca',
      'El transbordador va tornar dilluns al port vell i tota la ciutat era al moll per rebre-lo amb música.',
    ],
    [
      'ar',
      'عادت العبارة إلى الميناء القديم يوم الاثنين وكانت المدينة كلها على الرصيف من أجل استقبالها بعد عشر سنوات.',
    ],
    [
      'id',
      'Petugas pemadam kebakaran berhasil mengendalikan api pada Selasa malam dan warga boleh pulang ke rumah.',
    ],
    [
      'ms',
      'Pihak bomba berjaya mengawal kebakaran itu pada malam Selasa kerana hujan, dan beliau berkata bahawa penduduk selamat.',
    ],
    [
      'hr',
      'Vatrogasci su u utorak kasno navečer stavili požar pod nadzor, a stanovnici su se vratili u svoje domove.',
    ],
    [
      'sl',
      'Gasilci so v torek pozno zvečer požar obvladali, prebivalci pa so se lahko vrnili domov.',
    ],
    [
      'mr',
      'अग्निशमन दलाने मंगळवारी रात्री उशिरा आग आटोक्यात आणली आणि रहिवाशांना घरी परतण्याची परवानगी दिली.',
    ],
    ['fa', 'کشتی روز دوشنبه به بندر قدیمی بازگشت و همه شهر برای استقبال از آن در اسکله بودند.'],
    ['ja', 'フェリーは月曜日に古い港に戻り、町中の人々が岸壁で出迎えた。'],
    ['zh', '渡轮星期一回到了老港口，全镇的人都在码头上迎接它。'],
    ['ko', '여객선이 월요일에 옛 항구로 돌아왔고 온 마을이 부두에서 맞이했다.'],
    ['th', 'เรือข้ามฟากกลับมาที่ท่าเรือเก่าเมื่อวันจันทร์และทั้งเมืองก็มารอต้อนรับ'],
    ['el', 'Το πλοίο επέστρεψε τη Δευτέρα στο παλιό λιμάνι.'],
    ['hi', 'नौका सोमवार को पुराने बंदरगाह पर लौट आई और पूरा शहर उसके स्वागत के लिए घाट पर था।'],
  ])('tells %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('does not guess from a few words or from none', () => {
    for (const text of ['', '   ', 'NATO', 'Kyiv 2024', '12 345 %', '?!'])
      expect(detectLanguage(text)).toBeNull();
  });

  it('does not take quoted foreign words for the language of the text', () => {
    const quoted =
      'The minister said "das ist nicht wahr" and left the room, but the opposition was not convinced by it.';
    expect(detectLanguage(quoted)).toBe('en');
  });
});
