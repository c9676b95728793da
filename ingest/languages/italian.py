"""Italian."""

from ingest.languages.language import Language, abbreviations, counted, snowball, words

ITALIAN = Language(
    code="it",
    script="LATIN",
    stop_words=words("""
        il lo la i gli le l un uno una di del dello della dei degli delle d a al allo alla ai agli alle da
        dal dalla dai e ed o ma se che chi cui non né più è sono era erano essere stato stata fu furono ha
        hanno aveva avevano avere può possono deve devono io tu lui lei noi voi loro si mi ti ci vi ne mio
        tuo suo sua suoi sue nostro in nel nello nella nei negli nelle su sul sulla sui con per tra fra
        come anche molto questo questa questi queste quello quella quale quali quando dove perché quanto
        quanta quanti quante cosa spiega descrivi elenca
    """),
    stem=snowball("italian"),
    abbreviations=abbreviations(
        titles="Sig Sigg Dott Dr Prof Ing Avv Arch On Rag Geom",
        words="sig sigg dott prof ing avv arch ecc cfr ca es gen feb mar apr mag giu lug ago set ott nov dic",
        beside_numbers="art artt pag pagg p pp fig figg vol voll cap tab tel n nn",
    ),
    numbers={
        **counted(
            "zero un|uno|una due tre quattro cinque sei sette otto nove dieci undici dodici|dozzina "
            "tredici quattordici quindici sedici diciassette diciotto diciannove"
        ),
        **counted("venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento", 20, 10),
        "mille": 1000, "mila": 1000, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi":
        10**9,
    },
    bounds=words("prima dopo dal fino tra"),
    documents=words("""
        documento documenti file rapporto rapporti relazione relazioni fonte fonti testo testi libro
    """),
    say=words("dice dicono parla parlano menziona menzionano tratta trattano"),
    details={
        "creator": "autore l'autore autrice l'autrice scritto scrisse scrittore",
        "sender": "mittente inviato inviò mandato scritto scrisse autore",
        "recipient": "destinatario destinatari inviato mandato",
        "contributor": "collaboratore collaborato",
        "editor": "curatore curato",
        "translator": "traduttore tradotto",
        "publisher": "editore l'editore pubblicato pubblicazione uscito",
        "date": "quando data anno",
        "subject": "parole-chiave argomento",
        "description": "descrizione riassunto",
    },
)  # fmt: skip
