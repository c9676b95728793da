"""Turkish."""

from ingest.languages.language import Language, abbreviations, counted, snowball, words

TURKISH = Language(
    code="tr",
    script="LATIN",
    stop_words=words("""
        ve veya ya da de ile için gibi kadar ama fakat ancak çünkü eğer ki bu şu o bunlar şunlar onlar ben
        sen biz siz bir her hiç çok daha en az değil var yok mi mı mu mü ise idi olan olarak olduğu oldu
        olur olmak edildi etti ne kim kime kimin hangi hangisi nerede nereye nereden nasıl neden niçin
        niye kaç zaman göre sonra önce üzerinde arasında hakkında açıkla anlat listele göster
    """),
    stem=snowball("turkish"),
    abbreviations=abbreviations(
        titles="Dr Prof Doç Av Op Yrd Öğr Alb Gen Org Sn Hz",
        words="vb vs bkz krş çev yay haz Cad Sok Mah Apt",
        beside_numbers="s ss c şek tab md fık tel no yy",
        ordinals=True,
    ),
    numbers={
        **counted("sıfır bir iki üç dört beş altı yedi sekiz dokuz on"),
        **counted("yirmi otuz kırk elli altmış yetmiş seksen doksan yüz", 20, 10),
        "düzine": 12, "bin": 1000, "milyon": 10**6, "milyar": 10**9,
    },
    details={
        "creator": "yazar yazan yazdı yazarı",
        "sender": "gönderen gönderdi yollayan yazan yazdı yazar",
        "recipient": "alıcı alıcılar gönderildi",
        "contributor": "katkıda",
        "editor": "editör editörü",
        "translator": "çevirmen çeviren çevirdi",
        "publisher": "yayıncı yayınevi yayımladı yayımlandı yayınladı yayınlandı",
        "date": "zaman tarih yıl",
        "subject": "anahtar konu",
        "description": "açıklama özet",
    },
)  # fmt: skip
