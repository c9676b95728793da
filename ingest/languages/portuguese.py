"""Portuguese."""

from ingest.languages.language import Language, abbreviations, counted, snowball, words

PORTUGUESE = Language(
    code="pt",
    script="LATIN",
    stop_words=words("""
        o a os as um uma uns umas de do da dos das ao aos à às e ou mas se que quem cujo onde este esta
        estes estas esse essa isso isto aquele não nem mais é são era eram ser sido foi foram está estão
        estava há havia tem têm tinha ter pode podem deve devem eu tu ele ela nós vós eles elas me te lhe
        lhes meu minha teu seu sua seus suas nosso em no na nos nas num numa por pelo pela para com contra
        desde durante entre até sem sob sobre como também muito já qual quais quando quê porque quanto
        quanta quantos quantas explique descreva liste mostre
    """),
    stem=snowball("portuguese"),
    abbreviations=abbreviations(
        titles="Sr Sra Srs Sras Srta Dr Dra Prof Profa Eng Exmo Exma D",
        words="etc cf ex av jan fev mar abr mai jun jul ago set out nov dez aprox máx mín ltda",
        beside_numbers="art arts pág págs p pp fig figs vol cap tab tel n no núm inc",
    ),
    numbers={
        **counted(
            "zero um|uma dois|duas três quatro cinco seis sete oito nove dez onze doze|dúzia treze "
            "catorze|quatorze quinze dezesseis|dezasseis dezessete|dezassete dezoito "
            "dezenove|dezanove"
        ),
        **counted("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem|cento", 20, 10),
        "mil": 1000, "milhão": 10**6, "milhões": 10**6,
    },
    bounds=words("antes depois desde até entre"),
    documents=words("documento arquivo ficheiro relatório fonte texto artigo livro"),
    say=words("diz dizem fala falam menciona mencionam trata tratam"),
    details={
        "creator": "autor autora escreveu escrito redigiu",
        "sender": "remetente enviou enviado escreveu escrito autor",
        "recipient": "destinatário destinatários enviado",
        "contributor": "colaborador colaborou",
        "editor": "organizador editou",
        "translator": "tradutor traduziu traduzido",
        "publisher": "editora publicou publicado publicada",
        "date": "quando data ano",
        "subject": "palavras-chave assunto",
        "description": "descrição resumo",
    },
)  # fmt: skip
