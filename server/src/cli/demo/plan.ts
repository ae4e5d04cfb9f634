import { BRIDGE, CEDAR, LANTERN, RIVER } from './circles.ts';
import { both, type DemoDocument } from './content.ts';

export const plan: DemoDocument = {
  kind: 'plan',
  sections: {
    'what-will-be-different': {
      text: [
        both(
          'People can look at a season’s work with open eyes, say no to it, and leave it without losing their pay or their papers.',
          'يستطيع الناس أن ينظروا إلى عمل الموسم بعين واضحة، وأن يقولوا لا، وأن يتركوه دون أن يخسروا أجرهم أو أوراقهم.',
        ),
      ],
      fields: {
        outcomes: [
          {
            outcome: both(
              'People know the pay, the hours and the fee before they decide.',
              'يعرف الناس الأجر والساعات والرسم قبل أن يقرروا.',
            ),
            'wellbeing-domain': ['safety', 'mastery'],
            level: 'community',
            stage: 'primary-prevention',
          },
          {
            outcome: both(
              'Whoever wants to leave has a bed and a week’s money.',
              'من يريد الخروج يجد سريرًا ومال أسبوع.',
            ),
            'wellbeing-domain': ['stability', 'relevant-resources'],
            level: 'relationship',
            stage: 'secondary-prevention',
          },
          {
            outcome: both(
              'The work office looks at the housing twice a season.',
              'مكتب العمل يتفقّد السكن مرتين في الموسم.',
            ),
            'wellbeing-domain': ['system'],
            level: 'societal',
            stage: 'primary-prevention',
          },
        ],
      },
    },
    'how-it-gets-there': {
      fields: {
        'theory-links': [
          {
            step: both('Neighbours read offers together', 'الجيران يقرؤون العروض معًا'),
            'leads-to': both('Bad offers are refused early', 'تُرفض العروض السيئة مبكرًا'),
            why: both('Two people see what one does not.', 'اثنان يريان ما لا يراه واحد.'),
          },
        ],
        assumptions: [
          {
            assumption: both('People trust the neighbours who read', 'الناس يثقون بالجيران الذين يقرؤون'),
            'if-wrong': both('We ask who they would trust, and pay them.', 'نسأل بمن يثقون، وندفع لهم.'),
          },
        ],
      },
    },
    'what-we-will-do': {
      text: [
        both(
          'Three things this season. Each has a circle that leads, and each can stop.',
          'ثلاثة أشياء في هذا الموسم. لكل منها حلقة تقودها، وكل منها يمكن أن يتوقف.',
        ),
      ],
      fields: {
        activities: [
          {
            activity: both(
              'An hour each week at the tea house where neighbours read job offers with whoever comes',
              'ساعة كل أسبوع في المقهى يقرأ فيها الجيران عروض العمل مع من يأتي',
            ),
            'lead-circle': CEDAR,
            partner: LANTERN,
            start: { inDays: 14 },
            end: { inDays: 180 },
          },
          {
            activity: both(
              'A small fund for the first week after leaving; no questions about why',
              'صندوق صغير للأسبوع الأول بعد الخروج، دون سؤال عن السبب',
            ),
            'lead-circle': RIVER,
            partner: BRIDGE,
            start: { inDays: 21 },
            end: { inDays: 365 },
          },
          {
            activity: both(
              'A letter to the work office that asks for two visits to the housing each season',
              'رسالة إلى مكتب العمل تطلب زيارتين للسكن في كل موسم',
            ),
            'lead-circle': BRIDGE,
            partner: RIVER,
            start: { inDays: 10 },
            end: { inDays: 60 },
          },
          {
            activity: both(
              'A list of agents who took fees, put up in the tea house',
              'قائمة بالوسطاء الذين أخذوا رسومًا، تُعلّق في المقهى',
            ),
            'lead-circle': CEDAR,
          },
        ],
      },
    },
    'what-else': {
      fields: {
        options: [
          {
            option: both('Posters with warnings', 'ملصقات تحذير'),
            outcome: 'dropped',
            why: both('Everyone knows already. Knowing pays no debt.', 'الجميع يعرف. والمعرفة لا تسدّد دَينًا.'),
          },
          {
            option: both('A savings group that lends without interest', 'مجموعة ادخار تُقرض بلا فائدة'),
            outcome: 'kept',
            why: both('We start it when two circles have the time.', 'نبدؤها حين يتوفر الوقت لحلقتين.'),
          },
        ],
      },
    },
    'could-this-hurt': {
      fields: {
        harms: [
          {
            harm: both('An agent sees who comes to read offers.', 'وسيط يرى من يأتي لقراءة العروض.'),
            who: both('People who are still looking for work', 'من ما زالوا يبحثون عن عمل'),
            likelihood: 'possible',
            fix: both(
              'The hour is for any letter or form, not for job offers alone.',
              'الساعة لأي رسالة أو استمارة، لا لعروض العمل وحدها.',
            ),
            'stop-rule': both('Somebody is asked why they came.', 'سُئل أحدهم لماذا جاء.'),
          },
          {
            harm: both('An inspection costs people their bed.', 'زيارة تفتيش تُفقد الناس سريرهم.'),
            who: both('People who live in the housing', 'من يسكنون هناك'),
            likelihood: 'possible',
            fix: both(
              'The letter asks for repairs first and for a place to go.',
              'الرسالة تطلب الإصلاح أولًا، ومكانًا بديلًا.',
            ),
            'stop-rule': both('The office will not promise that.', 'المكتب لا يَعِد بذلك.'),
          },
        ],
      },
    },
    'keeping-safety-practices': {
      fields: {
        answers: [
          {
            activity: both('The hour at the tea house', 'الساعة في المقهى'),
            answer: 'does-not-make-harder',
          },
          {
            activity: both('The letter to the work office', 'الرسالة إلى مكتب العمل'),
            answer: 'cannot-tell-yet',
          },
        ],
      },
    },
    choice: {
      fields: {
        conditions: [
          {
            'help-offered': both('Money for the first week', 'مال الأسبوع الأول'),
            'without-police': 'yes',
            'without-papers': 'yes',
            'without-leaving-work': 'yes',
            'other-conditions': both('None', 'لا شيء'),
          },
        ],
      },
    },
    'who-pays': {
      fields: {
        money: [
          {
            activity: both('Reading together', 'القراءة معًا'),
            'money-source': both('The organisation in Bridge', 'المنظمة التي في الجسر'),
            'duty-bearer': both('The work office', 'مكتب العمل'),
            conditions: both('A yearly report, without names', 'تقرير سنوي بلا أسماء'),
            'plan-to-shift': both(
              'We ask the office to pay from next year.',
              'نطلب أن يدفع المكتب من السنة القادمة.',
            ),
          },
        ],
      },
    },
    'who-decides': {
      fields: {
        'decision-rights': [
          { right: 'decides', holder: both('All four circles, as agreed', 'الحلقات الأربع، كما اتفقنا') },
          { right: 'holds-money', holder: both('River and Bridge together', 'النهر والجسر معًا') },
          { right: 'can-stop', holder: both('Any circle', 'أي حلقة') },
        ],
        pay: [
          {
            work: both('Reading with neighbours, one hour', 'القراءة مع الجيران، ساعة واحدة'),
            'how-paid': both('The same for everybody, in cash', 'الأجر نفسه للجميع، نقدًا'),
          },
        ],
        'budget-share': both('More than half: the whole fund', 'أكثر من النصف: الصندوق كله'),
      },
    },
    'changing-systems': {
      fields: {
        asks: [
          {
            rule: both('The right to stay is tied to one employer', 'حق البقاء مرتبط بصاحب عمل واحد'),
            harm: both('Leaving bad work means losing the stay.', 'ترك العمل السيئ يعني فقدان الإقامة.'),
            ask: both('Six months to find other work', 'ستة أشهر لإيجاد عمل آخر'),
            ally: both('Two unions, the legal clinic', 'نقابتان، العيادة القانونية'),
            status: 'not-sent',
          },
        ],
      },
    },
    'how-we-will-know': {
      fields: {
        indicators: [
          {
            indicator: both('More offers are refused or changed', 'عروض أكثر تُرفض أو تُعدَّل'),
            baseline: both('Nobody counts yet', 'لا أحد يعدّ بعد'),
            target: both('Half of the offers that we read', 'نصف العروض التي نقرؤها'),
            verification: both(
              'A list at the tea house with the name of each person who came',
              'قائمة في المقهى باسم كل شخص جاء',
            ),
            collector: CEDAR,
            risk: both('None that we see', 'لا نرى خطرًا'),
            suppression: 'hide-below-11',
          },
          {
            indicator: both(
              'People who left say that the week was enough',
              'من خرجوا يقولون إن الأسبوع كان كافيًا',
            ),
            target: both('River writes one sentence', 'النهر يكتب جملة واحدة'),
            verification: both(
              'River asks, if people want to be asked',
              'النهر يسأل، إن أراد الناس أن يُسألوا',
            ),
            collector: RIVER,
            suppression: 'own-sentence',
          },
        ],
      },
    },
    'when-we-stop': {
      fields: {
        'stop-rules': [
          {
            sign: both('Somebody lost work or a bed through us', 'خسر أحدهم عملًا أو سريرًا بسببنا'),
            response: both(
              'We stop that part the same day and meet.',
              'نوقف ذلك الجزء في اليوم نفسه ونجتمع.',
            ),
          },
        ],
        reviews: [
          {
            'review-date': { inDays: 180 },
            'looks-at': both('Harm, money, who came and who did not', 'الضرر، المال، من جاء ومن لم يأتِ'),
          },
        ],
      },
    },
  },
};
