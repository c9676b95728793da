"""Reasons in Arabic; U+2068 and U+2069 give what is not Arabic a direction of its own."""

from collections.abc import Mapping

from app.phrases.words import Count
from ingest.reasons import Code

ARABIC_REASONS: Mapping[Code, str | Count] = {
    # A file that is not read.
    "other": "{detail}",
    "empty": "فارغ",
    "no_text": "بلا نص",
    "no_text_and": "بلا نص؛ {reason}",
    "no_passages": "بلا نص",
    "binary": "يبدو بيانات ثنائية لا نصًا",
    "changed_while_read": "تغيّر أثناء قراءته",
    "permission_denied": "لا إذن بقراءته",
    "cannot_be_opened": "يتعذر فتحه: {detail}",
    "cannot_be_read": "تتعذر قراءته: {detail}",
    "locked": "مقفل بكلمة مرور: تُعطى بالخيار \u2068--password\u2069",
    "still_locked": "مقفل: كلمة المرور المعطاة لا تفتحه",
    "locked_container": "مقفل بكلمة مرور",
    "locked_by_seller": "مقفل من بائعه (DRM)",
    "too_large": "أكبر مما يُقرأ: {size} ميغابايت، والحد {limit} (الإعداد \u2068max_file_mb\u2069)",
    "unpacks_too_large": "أكبر مما يُقرأ بعد فك ضغطه",
    "holds_too_much": "أكبر مما يُقرأ: حد محتواه بالميغابايت {limit} (الإعداد \u2068memory_mb\u2069)",
    "too_slow": "تجاوزت قراءته حدها بالثواني {limit} (الإعداد \u2068max_file_seconds\u2069)",
    "too_much_memory": (
        "تجاوزت قراءته حد الذاكرة بالميغابايت {limit} (الإعداد \u2068max_file_memory_mb\u2069)"
    ),
    "dead_link": "رابط لا يؤدي إلى شيء",
    "link_to_itself": "رابط يعود إلى نفسه",
    "link_back": "رابط يعود إلى نفسه",
    "link_outside": "رابط يؤدي إلى خارج المجلد",
    "link_to_folder": "رابط إلى مجلد لم يُتَّبع",
    "named_pipe": "ليس ملفًا عاديًا",
    "socket": "ليس ملفًا عاديًا",
    "device": "ليس ملفًا عاديًا",
    # A format that is not read.
    "unsupported_archive": "نوع لا يُقرأ: أرشيف ZIP، فُكّ ضغطه أولًا",
    "unsupported_compressed": "نوع لا يُقرأ: ملف مضغوط، فُكّ ضغطه أولًا",
    "unsupported_data": "نوع لا يُقرأ: بيانات أو شيفرة، لا مستند",
    "unsupported_database": "نوع لا يُقرأ: قاعدة بيانات",
    "unsupported_image": "نوع لا يُقرأ: صورة",
    "unsupported_office": "نوع لا يُقرأ: صيغة Office قديمة",
    "unsupported_opendocument": (
        "نوع لا يُقرأ: صيغة OpenDocument، احفظ الملف بصيغة "
        "\u2068.docx\u2069 أو \u2068.pptx\u2069 أو \u2068.pdf\u2069"
    ),
    "unsupported_outlook": "نوع لا يُقرأ: رسالة Outlook، احفظها نصًا",
    "unsupported_postscript": "نوع لا يُقرأ: PostScript، احفظ الملف بصيغة \u2068.pdf\u2069",
    "unsupported_powerpoint": "نوع لا يُقرأ: صيغة PowerPoint قديمة، احفظ الملف بصيغة \u2068.pptx\u2069",
    "unsupported_program": "نوع لا يُقرأ: برنامج",
    "unsupported_rtf": "نوع لا يُقرأ: RTF، احفظ الملف بصيغة \u2068.docx\u2069",
    "unsupported_sound": "نوع لا يُقرأ: تسجيل صوتي",
    "unsupported_spreadsheet": "نوع لا يُقرأ: جدول بيانات",
    "unsupported_video": "نوع لا يُقرأ: فيديو",
    "unsupported_video_or_image": "نوع لا يُقرأ: فيديو أو صورة",
    "unsupported_word": "نوع لا يُقرأ: صيغة Word قديمة، احفظ الملف بصيغة \u2068.docx\u2069",
    # Damage, and what it is.
    "damaged": "تالف: {problem}",
    "damaged_pdf": "تالف: {problem}",
    "damaged_page": "صفحة تالفة: {problem}",
    "damaged_or_large_pdf": "تالف أو أكبر مما يُقرأ: {problem}",
    "damaged_or_large_page": "صفحة تالفة أو أكبر مما يُقرأ: {problem}",
    "nested_too_deeply": "تداخل أعمق مما يُقرأ",
    "no_pages": "لا صفحات فيه",
    "broken_xml": "بنية XML فيه مكسورة ({detail})",
    "malformed": "بنيته غير ما تقتضيه صيغته ({detail})",
    "malformed_pdf": "بنيته غير ما تقتضيه صيغته ({detail})",
    "broken_part": "جزء من الرسالة تالف، وكلماته مفقودة",
    "encrypted_mail": "مشفّرة (S/MIME أو PGP): فكّ تشفيرها في برنامج البريد واحفظها من جديد",
    "sealed_mail": "مغلّفة بتوقيع (S/MIME): احفظها من دونه في برنامج البريد",
    "no_package": "لا يذكر الكتاب ملف محتوياته",
    "cut_off": "الملف مبتور أو ليس حاوية ZIP كاملة",
    "ended_process": "توقفت العملية التي كانت تقرؤه (الحالة {status})",
    "missing_chapter": "مفقود من الكتاب: {name}",
    "in_chapter": "في {name}: {reason}",
    "bad_bytes": "عدد البايتات غير الصالحة في ترميز {encoding}: {n}، أولها عند البايت {first}",
    "bad_characters": "عدد الحروف غير الصالحة في ترميز {encoding}: {n}، أولها عند البايت {first}",
    # A page that is not read, or not surely.
    "no_text_layer": "بلا طبقة نصية",
    "no_text_on_slide": "لا نص في الشريحة",
    "only_furniture": "لا نص سوى ترويسة الصفحة أو رقمها",
    "chart_not_read": "لم يُقرأ المخطط البياني",
    "words_backwards": "بعض الكلمات العربية مخزّن معكوسًا",
    "order_in_doubt": "قد لا يكون ترتيب الكلمات العربية والأرقام صحيحًا",
    "lam_alef_in_doubt": "حروف «لا» المتصلة مخزّنة بترتيب خاطئ: قد تختل بعض الكلمات",
    "brackets_in_doubt": "قد تكون الأقواس وسط العربية معكوسة",
    # A file read again.
    "gone": "لم يعد موجودًا",
    "read_no_more": "لم تعد قراءته ممكنة: {problem}",
    "passages_moved": "مقاطع ليست حيث يُشار إليها، وعددها {n} من {passages}",
    # A question that is not asked, a source that is not shown.
    "no_word": "لا كلمة في السؤال: اسأل ببضع كلمات",
    "question_too_long": "السؤال أطول مما يُقبل: عدد حروفه {n} والحد {limit}، فاختصره",
    "control_character": "في السؤال رمز تحكم {code_point}: احذفه",
    "none_left": "لم تُبقِ التصفية مستندًا يُسأل.",
    "document_gone": "لم يعد المستند هنا",
    "document_read_anew": "قُرئ المستند من جديد بعد ذلك: أعد السؤال",
    "file_gone": "لم يعد ملفه موجودًا",
    "file_changed": "تغيّر ملفه بعد قراءته",
    "file_unopened": "يتعذر فتح الملف",
    "page_missing": "لا صفحة رقمها {page}: آخر صفحة {last}",
    "page_unopened": "يتعذر فتح الصفحة {page}",
    "page_too_slow": "تجاوز رسم الصفحة حده بالثواني {limit}",
    "page_undrawn": "يتعذر رسم الصفحة",
    # What stands in the way of a command, or of a click.
    "failed": "تعذر ذلك",
    "fault": "انتهى بخطأ غير متوقع ({kind})",
    "cancelled": "أُلغي",
    "store_missing": "لا مستندات بعد. أضف بعضها، ثم اسأل.",
    "store_damaged": "فهرس المستندات تالف؛ يبيّن الأمر \u2068mustanad doctor\u2069 موضع التلف",
    "store_outdated": "الفهرس من إصدار آخر من \u2068Mustanad\u2069: أعد فهرسة المستندات",
    "store_busy": "تجري فهرسة أخرى: انتظر انتهاءها",
    "store_unusable": "يتعذر استخدام فهرس المستندات",
    "store_problem": "يتعذر استخدام فهرس المستندات: {problem}",
    "model_mismatch": "فُهرست المستندات بنموذج غير النموذج المحدَّد في الإعدادات",
    "model_unusable": (
        "يتعذر استخدام النموذج المحدَّد في الإعدادات؛ يبيّن الأمر \u2068mustanad doctor\u2069 السبب"
    ),
    "conversations_damaged": "ملف المحادثات المحفوظة تالف",
    "conversations_outdated": "المحادثات المحفوظة من إصدار آخر من \u2068Mustanad\u2069",
    "conversations_unusable": "تتعذر قراءة المحادثات المحفوظة وكتابتها",
    "not_kept": "يتعذر حفظ الملف: {problem}",
    "uploads_full": (
        "لا مكان له: ستشغل الملفات المرفوعة {size} ميغابايت، "
        "والحد {limit} (الإعداد \u2068max_uploads_mb\u2069)"
    ),
    "not_removed": "يتعذر حذف الملف: {problem}",
    "no_such_file": "لا ملف بهذا الاسم بين المستندات",
    "not_an_upload": "لا يُحذف من هنا إلا ما رُفع",
    "followed_no_more": "توقفت متابعته: {problem}",
}
