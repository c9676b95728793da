"""Spanish."""

from ingest.languages.language import Language, abbreviations, counted, snowball, words

SPANISH = Language(
    code="es",
    script="LATIN",
    stop_words=words("""
        el la los las lo un una unos unas de del al y e o u pero si que quien quienes cuyo donde este esta
        estos estas ese esa esos esas eso esto aquel no ni más es son era eran ser sido fue fueron está
        están estaba ha han había habían haber hay tiene tienen puede pueden debe deben yo tú él ella
        nosotros ellos ellas se me te nos le les mi tu su sus nuestro nuestra en a ante bajo con contra
        desde durante entre hacia hasta para por según sin sobre tras como también muy ya qué cuál cuáles
        quién quiénes cuándo dónde cómo cuánto cuánta cuántos cuántas explica describe enumera muestra
    """),
    stem=snowball("spanish"),
    abbreviations=abbreviations(
        titles="Sr Sra Srta Sres Sras Dr Dra Prof Ing Lic D Da Gral Mons",
        words="etc cf ej av avda aprox máx mín ene feb mar abr may jun jul ago sept oct nov dic depto",
        beside_numbers="art arts pág págs p pp fig figs vol cap tab tel n núm núms no inc",
    ),
    numbers={
        **counted(
            "cero un|uno|una dos tres cuatro cinco seis siete ocho nueve diez once doce|docena trece "
            "catorce quince dieciséis diecisiete dieciocho diecinueve"
        ),
        **counted("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien|ciento", 20, 10),
        "mil": 1000, "millón": 10**6, "millones": 10**6,
    },
    bounds=words("antes después desde hasta entre"),
    documents=words("documento archivo informe fuente texto artículo libro"),
    say=words("dice dicen habla hablan menciona mencionan trata tratan"),
    details={
        "creator": "autor autora escribió escrito redactó",
        "sender": "remitente envió enviado escribió escrito autor",
        "recipient": "destinatario destinatarios enviado",
        "contributor": "colaborador colaboró",
        "editor": "editor editó",
        "translator": "traductor tradujo traducido",
        "publisher": "editorial publicó publicado publicación",
        "date": "cuándo fecha año",
        "subject": "palabras-clave tema",
        "description": "descripción resumen",
    },
)  # fmt: skip
