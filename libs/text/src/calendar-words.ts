/**
 * Names as news pages and feeds write them, one line per month, folded by `foldWord`: lower case,
 * without accents or a final full stop. Where two languages disagree (Croatian `listopad` is
 * October, Polish `listopad` November) the more widely read one stays.
 */
const MONTH_LINES = [
  'january jan janv xaneiro xan януари sij januar jänner janvier janv enero ene gennaio gen janeiro januari styczen stycznia sty leden ledna led januara январь января янв січень січня січ јануари јануар јан ιανουαριος ιανουαριου ιαν ocak oca tammikuu tammikuuta tammi ianuarie ian gener jaanuar jaan janvaris sausis sausio sijecanj sijecnja يناير ינואר जनवर ינו كانونالثاني جانفي جنوری জানুয়ারি জানুয়ারী',
  'february feb febr febreiro velj februar fevrier fevr fev febrero febbraio fevereiro februari luty lutego lut unor unora februara февраль февраля февр фев лютий лютого лют февруари фебруар феб φεβρουαριος φεβρουαριου φεβ subat sub helmikuu helmikuuta helmi februarie febrer veebruar veebr februaris vasaris vasario veljaca veljace فبراير פברואר फरवर फर פבר شباط فيفري فروری ফেব্রুয়ারি',
  'march mar mac ozu marz mars marzo marco maart mrt marzec marca brezen brezna marec март марта мар березень березня бер μαρτιος μαρτιου μαρ mart marts maaliskuu maaliskuuta maalis marcius marc martie maret marts kovas kovo ozujak ozujka مارس מרץ मरच اذار مارچ মার্চ',
  'april apr tra avril avr abril abr aprile kwiecien kwietnia kwi duben dubna dub aprila апрель апреля апр април квітень квітня квіт απριλιος απριλιου απρ nisan nis huhtikuu huhtikuuta huhti aprilis aprilie aprill balandis balandzio travanj travnja ابريل אפריל अपरल אפר نيسان افريل اپریل এপ্রিল',
  'may mai svi mayo maggio mag maio mei maj maja kveten kvetna kve май мая маи травень травня трав мај μαιος μαιου μαι mayis toukokuu toukokuuta touko majus maig maijs geguze geguzes svibanj svibnja مايو מאי मई ايار ماي مئی মে',
  'june jun xuno xun juni juin junio giugno giu junho czerwiec czerwca cze cerven cervna cvn juna junij июнь июня июн юни червень червня черв јуни јун ιουνιος ιουνιου ιουν haziran haz kesakuu kesakuuta kesa junius iunie iun juny juuni junijs birzelis birzelio lipanj lipnja يونيو יוני जन حزيران جوان جون জুন',
  'july jul julai xullo xul juli juillet juil julio luglio lug julho lipiec lipca lip cervenec cervence cvc jula julij июль июля июл юли липень липня лип јули јул ιουλιος ιουλιου ιουλ temmuz tem heinakuu heinakuuta heina julius iulie iul juliol juuli julijs liepa liepos srpanj srpnja يوليو יולי जलई जल تموز جويلية جولائی জুলাই',
  'august aug ag ogo ogos kol augusti aout agosto ago augustus sierpien sierpnia sie srpen srpna srp augusta avgust avg август августа авг серпень серпня серп αυγουστος αυγουστου αυγ agustos agu elokuu elokuuta elo augusztus agustus agost augusts rugpjutis rugpjucio kolovoz kolovoza اغسطس אוגוסט अगसत अग אוג اب اوت اگست আগস্ট',
  'september sep setembre ruj sept septembre septiembre settembre set setembro wrzesien wrzesnia wrz zari zar septembra сентябрь сентября сент сен септември септембар сеп вересень вересня вер σεπτεμβριος σεπτεμβριου σεπ eylul eyl syyskuu syyskuuta syys szeptember szept septembrie septembris rugsejis rugsejo rujan rujna سبتمبر ספטמבר सतबर सत ספט ايلول ستمبر সেপ্টেম্বর',
  'october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik pazdziernika paz rijen rijna rij oktobra октябрь октября окт октомври октобар жовтень жовтня жовт οκτωβριος οκτωβριου οκτ ekim eki lokakuu lokakuuta loka octombrie oktoober oktobris spalis spalio اكتوبر אוקטובר अकटबर अकत अकट अकतबर אוק تشرينالاول اکتوبر অক্টোবর',
  'november nov stu novembre noviembre novembro listopad listopada lis listopadu novembra ноябрь ноября нояб ноя ноември новембар нов листопад листопада лист νοεμβριος νοεμβριου νοε kasim kas marraskuu marraskuuta marras noiembrie novembris lapkritis lapkricio studeni studenoga نوفمبر נובמבר नवबर नव נוב تشرينالثاني نومبر নভেম্বর',
  'december dec dis disember decembro dezember dez decembre diciembre dic dicembre dezembro grudzien grudnia gru prosinec prosince decembra декабрь декабря дек декември децембар дец грудень грудня груд δεκεμβριος δεκεμβριου δεκ aralik ara desember des joulukuu joulukuuta joulu decembrie desembre detsember dets decembris gruodis gruodzio prosinac prosinca ديسمبر דצמבר दसबर दस דצמ كانونالاول دسمبر ডিসেম্বর',
];

const WEEKDAY_LINES = [
  'monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun',
  'montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so',
  'lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim',
  'lunes martes miercoles mie jueves jue viernes vie sabado sab domingo dom',
  'lunedi martedi mercoledi giovedi gio venerdi sabato domenica',
  'segunda terca quarta quinta sexta segunda-feira seg terca-feira ter quarta-feira qua quinta-feira qui sexta-feira sex',
  'maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo',
  'poniedziałek pon wtorek wt wto sroda sr czwartek czw piatek pt pia sobota sob niedziela nie niedz',
  'pondeli po utery ut streda st ctvrtek ct patek pa nedele ne pondelok utorok stvrtok piatok pi nedela',
  'ponedeljek torek tor sreda sre cetrtek cetvrtak cet petek petak pet nedelja ned ponedjeljak utorak srijeda subota nedjelja',
  'понедельник пн вторник вт среда ср четверг чт пятница пт суббота сб воскресенье вс',
  'понеділок вівторок середа четвер п’ятниця субота неділя нд понеделник сряда четвъртък петък събота неделя',
  'понедељак пон уторак уто сре четвртак чет петак пет суб недеља нед',
  'δευτερα δευ τριτη τρι τεταρτη τετ πεμπτη πεμ παρασκευη παρ σαββατο σαβ κυριακη κυρ',
  'pazartesi pzt sali sal carsamba car persembe per cuma cum cumartesi cmt pazar paz',
  'mandag man tisdag tis onsdag ons torsdag tors fredag fre lordag lor sondag son tirsdag tirs lørdag lør søndag søn',
  'maanantai tiistai ti keskiviikko ke torstai to perjantai pe lauantai la sunnuntai su',
  'hetfo kedd szerda sze csutortok cs pentek szombat szo vasarnap',
  'luni marti miercuri joi vineri vin sambata duminica dum',
  'dilluns dl dimarts dt dimecres dc dijous dj divendres dv dissabte ds diumenge dg',
  'luns mércores xoves venres',
  'isnin rabu khamis jumaat ahad',
  'senin sen selasa sel rabu rab kamis kam jumat jum sabtu minggu min',
  'esmaspaev teisipaev kolmapaev neljapaev reede laupaev puhapaev',
  'pirmdiena otrdiena tresdiena ceturtdiena piektdiena sestdiena svetdiena',
  'pirmadienis antradienis treciadienis ketvirtadienis penktadienis sestadienis sekmadienis',
  'सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार',
  'יום ראשון שני שלישי רביעי חמישי שישי שבת',
  'hai ba tu nam sau bay chu nhat',
  'الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد',
  '月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 星期一 星期二 星期三 星期四 星期五 星期六 星期日 월요일 화요일 수요일 목요일 금요일 토요일 일요일',
];

/** Words that stand between the parts of a date and say nothing: `15 de julio de 2024`. */
const FILLER_LINE =
  'of the at on feira m gada no ho an o in на у в de del di do da d le den der am um a à kl klo kello г года год р року godz om uhr ore';

/** Lower case, without accents, so that `Février`, `fevrier` and `FÉVRIER` are one word. */
export function foldWord(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ı', 'i')
    .replace(/['ʼ]/g, '’')
    .normalize('NFC');
}

function wordsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(' ')).map(foldWord);
}

const MONTHS = new Map(
  MONTH_LINES.flatMap((line, index) => wordsOf([line]).map((word) => [word, index + 1] as const)),
);
const WEEKDAYS = new Set(wordsOf(WEEKDAY_LINES));
const FILLERS = new Set(wordsOf([FILLER_LINE]));

/** Stands before the number of the day. */
const VIETNAMESE_DAY = 'ngay';

/** 1 to 12 for a folded word that names a month. */
export function monthOf(word: string): number | null {
  return MONTHS.get(word) ?? null;
}

export function isWeekday(word: string): boolean {
  return WEEKDAYS.has(word);
}

export function isFiller(word: string): boolean {
  return FILLERS.has(word);
}

/** Whether a folded word may begin a date. */
export function isDateWord(word: string): boolean {
  return MONTHS.has(word) || WEEKDAYS.has(word) || FILLERS.has(word) || word === VIETNAMESE_DAY;
}
