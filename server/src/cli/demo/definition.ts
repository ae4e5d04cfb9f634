import { both, type DemoDocument } from './content.ts';

/** Seasonal work that is not what was promised. No place, no organisation, nobody's story. */
export const definition: DemoDocument = {
  kind: 'definition',
  sections: {
    'our-words': {
      text: [
        both(
          'We use plain words for this. A person chooses the words for their own life, and we do not correct them.',
          'نستعمل لهذا كلمات بسيطة. كل إنسان يختار الكلمات التي تصف حياته، ولا نصحّح له كلماته.',
        ),
      ],
      fields: {
        terms: [
          {
            term: both('Work that is not as promised', 'عمل ليس كما وُعدنا'),
            why: both(
              'It says what is wrong with the work, not with us.',
              'يقول ما الخطأ في العمل، لا فينا.',
            ),
          },
          {
            term: both('Held papers', 'أوراق محجوزة'),
            why: both('Everybody here knows at once what it means.', 'كل من هنا يفهم المعنى فورًا.'),
          },
        ],
        'avoid-terms': [
          {
            term: both('Naive', 'سُذّج'),
            why: both(
              'What we were told sounded true. Anyone would have believed it.',
              'ما قيل لنا بدا صحيحًا. كان أي شخص سيصدّقه.',
            ),
          },
          {
            term: both('Rescued', 'تم إنقاذهم'),
            why: both(
              'Most people leave by a plan of their own, with friends.',
              'معظم الناس يخرجون بخطة من عندهم، ومع أصدقاء.',
            ),
          },
        ],
      },
    },
    'what-happens': {
      text: [
        both(
          'Someone we half know offers work for a season. There is a fee before it starts, and many people borrow to pay it. At the workplace the pay is lower than was said. Papers are kept “so that they are safe”. Whoever leaves early loses the pay that is still owed.',
          'شخص نعرفه قليلًا يعرض عملًا لموسم واحد. قبل البدء هناك رسم، وكثيرون يستدينون ليدفعوه. في مكان العمل يكون الأجر أقل مما قيل. وتُحفظ الأوراق «كي تكون في أمان». ومن يغادر مبكرًا يخسر الأجر الذي لم يُدفع له بعد.',
        ),
      ],
      fields: {
        forms: [
          {
            form: both('A fee before the work starts', 'رسم قبل بدء العمل'),
            setting: both('Job agents, messages on the phone', 'وسطاء العمل، رسائل على الهاتف'),
          },
          {
            form: both('Papers and pay held back', 'حجز الأوراق والأجر'),
            setting: both('Shared housing beside a workplace', 'سكن مشترك بجانب مكان العمل'),
          },
        ],
      },
    },
    'here-among-us': {
      fields: {
        'local-links': [
          {
            link: both('Homes, in the weeks before school starts', 'البيوت، في الأسابيع التي تسبق المدرسة'),
            effect: both('Money is short, so the first offer is taken.', 'المال قليل، فيُقبل أول عرض.'),
          },
        ],
        'own-part': both(
          'We pass offers on without asking who pays whom. Some of our organisations sent people to an agent because it was quick.',
          'ننقل العروض دون أن نسأل من يدفع لمن. وبعض منظماتنا أرسلت أناسًا إلى وسيط لأن ذلك كان أسرع.',
        ),
      },
    },
    'who-is-at-risk': {
      fields: {
        risks: [
          {
            group: both('People in their first job', 'من هم في أول عمل لهم'),
            condition: both(
              'Nobody has shown them what a fair contract says.',
              'لم يُرِهم أحد ماذا يقول عقد عادل.',
            ),
            level: 'community',
          },
          {
            group: both('People whose stay depends on one employer', 'من ترتبط إقامتهم بصاحب عمل واحد'),
            condition: both(
              'The rule ties the right to stay to one workplace.',
              'القاعدة تربط حق البقاء بمكان عمل واحد.',
            ),
            level: 'societal',
          },
        ],
      },
    },
    why: {
      text: [
        both(
          'No single person made this. It comes from a few rules and habits that hold each other up.',
          'لم يصنع هذا شخص واحد. إنه من بعض القواعد والعادات التي يسند بعضها بعضًا.',
        ),
      ],
      fields: {
        causes: [
          {
            cause: both('There is little paid work between two seasons.', 'العمل المدفوع قليل بين موسمين.'),
            'leads-to': both('People take the first offer.', 'يقبل الناس أول عرض.'),
            level: 'community',
            'is-loop': 'yes',
            'who-can-change': both('The work office, local employers', 'مكتب العمل، أصحاب العمل المحليون'),
          },
          {
            cause: both('A small loan costs very much.', 'القرض الصغير يكلّف كثيرًا.'),
            'leads-to': both('Leaving is impossible until it is paid back.', 'لا يمكن الخروج قبل سداده.'),
            level: 'societal',
            'is-loop': 'yes',
            'who-can-change': both('Savings groups, the office for lending', 'مجموعات الادخار، مكتب القروض'),
          },
          {
            cause: both('Nobody inspects the housing.', 'لا أحد يتفقّد السكن.'),
            'leads-to': both('Papers can be held without anyone asking.', 'تُحجز الأوراق ولا أحد يسأل.'),
            level: 'societal',
            'is-loop': 'not-sure',
            'who-can-change': both('The housing office', 'مكتب الإسكان'),
          },
        ],
      },
    },
    'keeps-people-safe': {
      fields: {
        'protective-factors': [
          {
            factor: both(
              'Neighbours who did the same work answer questions before anyone signs.',
              'جيران قاموا بالعمل نفسه يجيبون عن الأسئلة قبل أن يوقّع أحد.',
            ),
            level: 'community',
          },
          {
            factor: both('A copy of one’s papers stays at home.', 'نسخة من الأوراق تبقى في البيت.'),
            level: 'individual',
          },
        ],
      },
    },
    'what-help-has-done': {
      fields: {
        help: [
          {
            'help-kind': both('Advice by telephone', 'المشورة بالهاتف'),
            effect: 'did-both',
            'what-it-did': both(
              'It explained rights well. It asked for full names before it listened.',
              'شرح الحقوق جيدًا. لكنه طلب الأسماء الكاملة قبل أن يسمع.',
            ),
          },
          {
            'help-kind': both('Money for the first week after leaving', 'مال للأسبوع الأول بعد الخروج'),
            effect: 'helped',
            'what-it-did': both('Nobody had to go back for a bed.', 'لم يضطر أحد إلى العودة من أجل سرير.'),
          },
        ],
        lessons: [
          {
            'went-wrong': both('We asked for names first.', 'كنا نطلب الأسماء أولًا.'),
            changed: both(
              'Now we ask for nothing until a person wants a letter written.',
              'الآن لا نطلب شيئًا حتى يريد الشخص أن نكتب له رسالة.',
            ),
          },
        ],
      },
    },
    'who-is-missing': {
      fields: {
        missing: [
          {
            group: both('People who work at night', 'من يعملون ليلًا'),
            barrier: both('We meet in the evening.', 'نلتقي في المساء.'),
            step: both('A second table in the morning, travel paid', 'طاولة ثانية في الصباح، والطريق مدفوع'),
          },
        ],
      },
    },
    'in-short': {
      fields: {
        summary: both(
          'Seasonal work here often costs a fee first. The pay is less than promised and papers are held. Debt and one rule about stay make leaving hard. Neighbours who know the work keep people safe. Offices that could inspect and lend do not do it yet.',
          'كثيرًا ما يبدأ العمل الموسمي هنا برسم. الأجر أقل من الموعود والأوراق تُحجز. والدَّين وقاعدة واحدة عن الإقامة تجعلان الخروج صعبًا. والجيران الذين يعرفون العمل يحمون الناس. والمكاتب التي تستطيع التفقّد والإقراض لا تفعل ذلك بعد.',
        ),
      },
    },
  },
};
