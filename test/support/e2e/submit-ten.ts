/**
 * Ten good filings of ten kinds, from the cabinet of people of a training kit, as a process of its own. Arguments: profile folder, address of the
 * registry, language; answers with `[{ kind, cabinetNumber }]` in the order they were sent.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { submitSample } from '../../../main/core/index.ts';
import { profilePaths } from '../../../main/store/index.ts';
import { buildSignedData } from '../../../main/signature/index.ts';
import { drawDocument } from '../../../main/training/draw-document.ts';
import { citizenSigner } from '../../../main/training/kit-signers.ts';
import { parseTrainingKit } from '../../../main/training/index.ts';
import type { FilingFolder } from '../../../shared/registry/index.ts';

type Side = 'claimant' | 'respondent';
type Plan = { readonly kind: string; readonly kk: string; readonly ru: string; readonly side: Side; readonly joins: boolean };
const plan = (kind: string, kk: string, ru: string, side: Side = 'claimant', joins = true): Plan => ({ kind, kk, ru, side, joins });
const PLANS: readonly Plan[] = [
  plan('claim', 'Қарыз сомасын өндіріп алу туралы талап қою', 'Исковое заявление о взыскании суммы займа', 'claimant', false),
  plan('court_order_objection', 'Сот бұйрығына қарсылық', 'Возражение на судебный приказ', 'respondent'),
  plan('response', 'Талап қоюға пікір', 'Отзыв на исковое заявление', 'respondent'),
  plan('motion', 'Сот отырысын кейінге қалдыру туралы өтінішхат', 'Ходатайство об отложении судебного заседания'),
  plan('motion_vcs', 'Бейнеконференция арқылы қатысу туралы өтінішхат', 'Ходатайство об участии по видеоконференцсвязи'),
  plan('motion_evidence', 'Дәлелдемелерді талап ету туралы өтінішхат', 'Ходатайство об истребовании доказательств'),
  plan('security_app', 'Талап қоюды қамтамасыз ету туралы арыз', 'Заявление об обеспечении иска'),
  plan('restore_term_app', 'Өткізіп алған мерзімді қалпына келтіру туралы арыз', 'Заявление о восстановлении пропущенного срока'),
  plan('minutes_request', 'Сот отырысының хаттамасын беру туралы өтініш', 'Заявление о выдаче протокола судебного заседания'),
  plan('av_record_request', 'Сот отырысының бейнежазбасын беру туралы өтінішхат', 'Ходатайство о выдаче видеозаписи заседания'),
];
const OTHER = {
  kk: {
    type: 'individual',
    name: 'Өрнекова Әйгерім Іңірқызы',
    iin: '990113600137',
    address: 'Оқу облысы, Үлгі қаласы, Өрнек көшесі, 2-үй',
  },
  ru: {
    type: 'organisation',
    name: 'ТОО «Образец Трейд»',
    bin: '771240000038',
    address: 'Учебная область, город Образцовый, улица Торговая, дом 15',
  },
} as const;
const VALUE = 2_400_000;

const [profileDir, registryUrl, language] = process.argv.slice(2) as [string, string, 'kk' | 'ru'];
const kit = parseTrainingKit(JSON.parse(readFileSync(path.join(profilePaths(profileDir).training, 'kit.json'), 'utf8')))!;
const applicant = kit.citizens.find(({ key }) => key === (language === 'kk' ? 'ulpan' : 'vera'))!;
const face = (name: string) => path.join('resources', 'fonts', name);
const fonts = { regular: face('Tinos-Regular.ttf'), bold: face('Tinos-Bold.ttf') };
const now = Date.now();
const year = new Date(now).toISOString().slice(2, 4);

async function write(heading: string, lines: readonly string[], at: string): Promise<Buffer> {
  const head = [[language === 'kk' ? 'Оқу-жаттығу аудандық сотына' : 'В Учебный районный суд'], [applicant.name, applicant.address]];
  const foot = [applicant.name];
  return drawDocument({ language, title: heading, head, heading, subheading: null, body: [...lines], foot }, fonts, at);
}

const sent: { kind: string; cabinetNumber: string }[] = [];
for (const [at, { kind, joins, side, ...heading }] of PLANS.entries()) {
  const signedAt = new Date(now - (60 - at) * 60_000).toISOString();
  const day = new Date(now - 86_400_000).toISOString().slice(0, 10);
  const caseNumber = `9900-${year}-00-2/1`;
  const body =
    language === 'kk'
      ? [
          `${heading.kk}. Өтінішімнің мән-жайы мынадай: тараптар арасында ${10 + at}-қаңтарда шарт жасалды, міндеттеме уақтылы орындалмады.`,
          'Жоғарыда баяндалғанның негізінде соттан осы арызды қарауды және заңда белгіленген шешім қабылдауды сұраймын.',
        ]
      : [
          `${heading.ru}. Обстоятельства таковы: между сторонами ${10 + at} января заключён договор, обязательство в срок не исполнено.`,
          'На основании изложенного прошу суд рассмотреть настоящее заявление и принять предусмотренное законом решение.',
        ];
  const papers = new Map([
    [`${kind}.pdf`, { role: kind, title: heading[language], bytes: await write(heading[language], body, signedAt) }],
  ]);
  const paid = kind === 'claim';
  if (paid) {
    const [receipt, contract] =
      language === 'kk' ? ['Мемлекеттік баж түбіртегі', 'Қарыз шарты'] : ['Квитанция об уплате пошлины', 'Договор займа'];
    papers.set('duty.pdf', { role: 'duty_payment', title: receipt, bytes: await write(receipt, [String(VALUE / 100)], signedAt) });
    papers.set('contract.pdf', {
      role: 'evidence',
      title: contract,
      bytes: await write(contract, [`${contract} № ${language}-1`], signedAt),
    });
  }
  const files = new Map<string, Uint8Array>();
  for (const [name, { bytes }] of papers) {
    const contentDigest = createHash('sha256').update(bytes).digest();
    files.set(name, bytes);
    files.set(
      `${name}.p7s`,
      await buildSignedData({ signer: citizenSigner(kit, applicant), contentDigest, attachedContent: null, signingTime: signedAt }),
    );
  }
  const { iin, name, address, phone, email } = applicant;
  const folder: FilingFolder = {
    ...{ court: '9900', kind, language, category: heading[language] },
    ...(paid ? { claimValue: VALUE.toFixed(2) } : {}),
    parties: [
      { side, type: 'individual', iin, name, address, phone, email },
      { side: side === 'claimant' ? 'respondent' : 'claimant', ...OTHER[language] },
    ],
    ...(paid
      ? { payment: { amount: (VALUE / 100).toFixed(2), date: day, number: `ОН-${language}-${now}`, payerId: iin, kbk: '108126' } }
      : {}),
    ...(joins ? { case: caseNumber } : {}),
    documents: [...papers].map(([file, { role, title }]) => ({ role, file, title, signatures: [`${file}.p7s`] })),
  };
  const answer = await submitSample(registryUrl, { folder, files }, newId());
  if (!answer.ok) throw new Error(`${kind}: ${answer.error.code}`);
  sent.push({ kind, cabinetNumber: answer.value.cabinetNumber });
}
process.stdout.write(JSON.stringify(sent));
