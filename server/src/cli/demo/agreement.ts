import { BRIDGE, CEDAR, LANTERN, RIVER } from './circles.ts';
import { both, type DemoDocument } from './content.ts';

export const agreement: DemoDocument = {
  kind: 'agreement',
  sections: {
    'why-and-why-not': {
      fields: {
        aims: [
          { aim: both('A season’s work that people can leave', 'عمل موسم يستطيع الناس تركه') },
          { aim: both('Decide together about money that is meant for us', 'نقرر معًا في المال المخصص لنا') },
        ],
        worries: [
          {
            worry: both('That this becomes one more report', 'أن يصير هذا تقريرًا آخر فقط'),
            'what-would-help': both(
              'Something is paid for before the second meeting.',
              'أن يُدفع ثمن شيء قبل اللقاء الثاني.',
            ),
          },
        ],
      },
    },
    'how-we-decide': {
      text: [
        both(
          'Four circles sit here. None of them can be outvoted.',
          'تجلس هنا أربع حلقات. ولا يمكن التغلب على أي منها بالعدد.',
        ),
      ],
      fields: {
        method: both(
          'Every circle says that it can live with the exact words. Silence is not a yes.',
          'كل حلقة تقول إنها تستطيع أن تعيش مع الكلمات نفسها. والصمت ليس موافقة.',
        ),
        quorum: [
          { circle: RIVER, needed: both('All who sit in it have answered', 'أجاب كل من يجلس فيها') },
          { circle: LANTERN, needed: both('One speaks for it', 'واحدة تتكلم عنها') },
          { circle: CEDAR, needed: both('All who sit in it have answered', 'أجاب كل من يجلس فيها') },
          { circle: BRIDGE, needed: both('One speaks for it', 'واحدة تتكلم عنها') },
        ],
        'safety-objection': both(
          'That part stops until the circle that said it says that it is safe again. It need not say why.',
          'يتوقف ذلك الجزء حتى تقول الحلقة نفسها إنه صار آمنًا. وليس عليها أن تقول السبب.',
        ),
        'tie-break': both(
          'We wait a week, then ask somebody from outside whom all four circles accept.',
          'ننتظر أسبوعًا، ثم نسأل شخصًا من الخارج تقبله الحلقات الأربع.',
        ),
      },
    },
    'pay-and-costs': {
      fields: {
        pay: [
          {
            work: both('An evening at this table', 'أمسية على هذه الطاولة'),
            rate: both('The same for everybody', 'المبلغ نفسه للجميع'),
            method: both('Cash in a plain envelope, no list to sign', 'نقدًا في ظرف عادي، دون قائمة للتوقيع'),
            travel: both('Paid before, not after', 'يُدفع قبل، لا بعد'),
            care: both(
              'Someone looks after children in the next room',
              'من يعتني بالأطفال في الغرفة المجاورة',
            ),
            'benefits-effect': both('Asked about for each person, in private', 'يُسأل عنه لكل شخص على انفراد'),
          },
        ],
      },
    },
    'saying-no': {
      fields: {
        promises: [
          {
            organisation: both('The organisation in Bridge', 'المنظمة التي في الجسر'),
            promise: both(
              'Saying no here, or not coming, changes nothing in the help that anyone gets.',
              'قول لا هنا، أو عدم المجيء، لا يغيّر شيئًا في المساعدة التي يتلقاها أي شخص.',
            ),
            signed: 'signed',
            'signed-on': { inDays: -21 },
          },
        ],
      },
    },
    'your-words': {
      fields: {
        'consent-defaults': [
          {
            'words-kind': both('What a person says of their own life', 'ما يقوله شخص عن حياته'),
            scope: 'scope-circle',
            attribution: 'attribution-none',
            publicity: 'never',
          },
          {
            'words-kind': both('What all circles agreed', 'ما اتفقت عليه كل الحلقات'),
            scope: 'scope-export',
            attribution: 'attribution-circle',
            publicity: 'ask-each-time',
            expiry: { inDays: 365 },
          },
        ],
        'taking-back': both(
          'Say so to anyone in your circle. No reason is needed.',
          'قل ذلك لأي شخص في حلقتك. لا حاجة إلى سبب.',
        ),
        'export-rules': both(
          'Agreed words only. No names of people, no story.',
          'الكلمات المتفق عليها فقط. بلا أسماء ناس ولا قصص.',
        ),
      },
    },
    'police-immigration-courts': {
      fields: {
        position: [
          {
            body: 'police',
            contact: 'survivor-asked',
            'who-may-start': both('Only the person it is about', 'الشخص المعني وحده'),
            'never-shared': both('Who sits here, and what was said', 'من يجلس هنا، وما قيل'),
            'review-date': { inDays: 160 },
          },
          { body: 'immigration', contact: 'contact-none' },
        ],
        'work-with-instead': both('The legal clinic, two unions', 'العيادة القانونية، نقابتان'),
        'mandatory-reporters': [
          {
            role: both('Teachers', 'المعلمون'),
            'must-report': both('Harm to a child', 'أذى يصيب طفلًا'),
            'reports-to': both('The office for children', 'مكتب الأطفال'),
          },
        ],
      },
    },
    'when-things-go-wrong': {
      fields: {
        'complaint-path': [
          {
            contact: both('The legal clinic', 'العيادة القانونية'),
            'is-outside': 'yes',
            'how-to-reach': both('A card at the door; no name needed', 'بطاقة عند الباب؛ لا حاجة إلى اسم'),
            'response-time': both('One week', 'أسبوع'),
          },
        ],
      },
    },
    'looking-after-each-other': {
      fields: {
        'care-plan': both(
          'A break every three quarters of an hour. Anyone can stop the evening without saying why.',
          'استراحة كل ثلاثة أرباع الساعة. ويستطيع أي شخص إيقاف الأمسية دون ذكر السبب.',
        ),
        support: [
          {
            supporter: both('A counsellor whom River chose', 'مرشدة اختارها النهر'),
            'helps-with': both('A quiet room, a walk, a talk', 'غرفة هادئة، مشي، حديث'),
            'how-to-reach': both('In the next room', 'في الغرفة المجاورة'),
            'is-outside': 'yes',
          },
        ],
      },
    },
    'leaving-and-ending': {
      fields: {
        exit: both(
          'A circle can go at any time. What it agreed to stays agreed until it says otherwise.',
          'تستطيع الحلقة أن تذهب في أي وقت. وما وافقت عليه يبقى حتى تقول غير ذلك.',
        ),
        'words-after': [
          {
            'words-kind': both('The circle’s own page', 'صفحة الحلقة الخاصة'),
            fate: 'handed-over-then-deleted',
            when: both('In the same week', 'في الأسبوع نفسه'),
          },
        ],
      },
    },
  },
};
