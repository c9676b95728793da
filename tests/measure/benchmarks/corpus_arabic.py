"""The words of the generated corpus's Arabic reports."""

from tests.measure.benchmarks.corpus_words import FactForm, Grammar, phrases

ARABIC = Grammar(
    words={
        "country": (
            "العراق تركيا مصر الأردن المغرب تونس الكويت عمان اليونان إيطاليا إسبانيا فرنسا ألمانيا بولندا "
            "رومانيا النرويج السويد الهند اليابان كينيا"
        ).split(),
        "sector": phrases(
            "التجارة الحدودية, النقل النهري, تخزين الحبوب, شبكة الكهرباء, الصحة العامة, التعليم العالي, أمن "
            "الموانئ, إمدادات المياه, قطاع النفط, إصلاح الجمارك, الإدارة المحلية, صيد الأسماك, بناء الطرق, "
            "أسعار الغذاء, الري"
        ),
        "noun": (
            "الميزانية الاتفاق التقرير الإصلاح البرنامج المجلس السوق المعاهدة الاحتياطي التفويض العجز "
            "التحالف الدعم المسح العقد المرسوم النزاع الدستور المحصول الحصار الإحصاء البروتوكول السجل "
            "التحكيم"
        ).split(),
        "adjective": (
            "الجديد الوطني المحلي العام الإقليمي المشترك الاقتصادي السياسي الضعيف السنوي المؤقت الرسمي الهش "
            "المكلف"
        ).split(),
        "verb": ("أقر رفض مول أخر راجع أيد عارض عدل أعلن علق وسع انتقد راقب تبنى").split(),
        "actor": phrases(
            "وزير المالية, البنك المركزي, رئيس الوزراء, مجلس المحافظة, محافظ الإقليم, مكتب التدقيق, اتحاد "
            "المزارعين"
        ),
        "link": phrases("وفي الوقت نفسه, ومن الناحية العملية, ونتيجة لذلك, وبعد عامين, ومع ذلك, ولهذا السبب"),
    },
    sentences=(
        "{link} {verb} {actor} {noun} {adjective} بشأن {sector}.",
        "في عام {year} {verb} {actor} {noun} بين {country} و{country} الذي شمل {sector}.",
        "قال {person} إن {actor} {verb} {noun} {adjective} في {place} بسبب {term}.",
        "ارتفعت حصة {sector} من {share} إلى {share} في المئة بين عامي {year} و{year}.",
        "{link} بلغت كلفة {sector} في {place} {sum}، وأنفق {actor} {share} في المئة منها على {term}.",
        "في {date} {verb} {actor} {noun}، ثم {verb} {body} {noun} {adjective}.",
        "أظهر مسح شمل {count} أسرة في {place} أن {share} في المئة يؤيدون {noun} {adjective}.",
        "لا يعتمد {term} في {country} على {actor} بقدر ما يعتمد على {noun} و{term}.",
    ),
    facts=(
        FactForm("أسس {person} {body} في مدينة {place} في {date}.", "من أسس {body}؟", "person"),
        FactForm("وقعت معاهدة {place} التي صاغها {person} في {date}.", "متى وقعت معاهدة {place}؟", "date"),
        FactForm("منح {body} ميناء {place} {sum} في عام {year}.", "كم منح {body} ميناء {place}؟", "sum"),
    ),
    titles=(
        "مستقبل {sector} في {country}",
        "{country} و{country} بعد {noun}",
    ),
    headings=(
        "{noun} {adjective}",
        "{sector} منذ عام {year}",
        "{country} و{noun}",
        "خيارات {actor}",
    ),
    bodies=(
        "معهد {}",
        "مجلس {} للتنمية",
        "بنك {} الزراعي",
    ),
    given_names="أمل سليم نادية يوسف ليلى كريم سميرة حنان عمر فريد".split(),
    months=("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر").split(),
    consonants="ب ت ج د ر ز س ش ص ط ع ف ق ك ل م ن ه".split(),
    vowels="ا و ي".split(),
    parts=(
        "ال است م ت مست".split(),
        "كتب درس حصد زرع نقل بحر جسر سكن عمل حكم قرض سوق وزن شحن خزن".split(),
        " ة ات ون ية ين".split(" "),
    ),
    date="{day} {month} {year}",
    sum="{} مليون دينار",
)
