"""Equations on one line, from both of the markups that files hold them in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.equations import linear
from ingest.markup.html import parse_html

OMML = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SQUARE = (
    "<m:sSup><m:sSupPr/><m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
)


def omml(xml: str) -> str:
    """The equation of this markup of Word's, on a line."""
    return linear(etree.fromstring(f'<m:oMath xmlns:m="{OMML}">{xml}</m:oMath>'))


def run(text: str) -> str:
    """A run of an equation."""
    return f"<m:r><m:rPr/><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (run("A = π") + SQUARE, "A = πr²"),
        (f"<m:sSub><m:e>{run('v')}</m:e><m:sub>{run('max')}</m:sub></m:sSub>", "v_max"),
        (
            f"<m:sSubSup><m:e>{run('x')}</m:e><m:sub>{run('1')}</m:sub><m:sup>{run('ab')}</m:sup></m:sSubSup>",
            "x₁^ab",
        ),
        (f"<m:f><m:fPr/><m:num>{run('a+b')}</m:num><m:den>{run('2')}</m:den></m:f>", "(a+b)/2"),
        (
            f'<m:f><m:fPr><m:type m:val="noBar"/></m:fPr><m:num>{run("n")}</m:num><m:den>{run("k")}</m:den>'
            "</m:f>",
            "(n k)",
        ),
        (f"<m:rad><m:radPr/><m:deg/><m:e>{run('x+1')}</m:e></m:rad>", "√(x+1)"),
        (f"<m:rad><m:deg>{run('3')}</m:deg><m:e>{run('27')}</m:e></m:rad>", "³√27"),
        (f"<m:d><m:e>{run('x')}</m:e></m:d>", "(x)"),
        (
            '<m:d><m:dPr><m:begChr m:val="["/><m:sepChr m:val=";"/><m:endChr m:val="]"/></m:dPr>'
            f"<m:e>{run('0')}</m:e><m:e>{run('1')}</m:e></m:d>",
            "[0;1]",
        ),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{run("i=1")}</m:sub>'
            f"<m:sup>{run('n')}</m:sup><m:e>{run('i')}</m:e></m:nary>",
            "∑_(i=1)ⁿ i",
        ),
        (f"<m:func><m:fName>{run('sin')}</m:fName><m:e>{run('x')}</m:e></m:func>", "sin x"),
        (f"<m:acc><m:e>{run('p')}</m:e></m:acc>", "p̂"),
        (f"<m:eqArr><m:e>{run('x=1')}</m:e><m:e>{run('y=2')}</m:e></m:eqArr>", "x=1; y=2"),
        ("<m:sSup><m:e/></m:sSup>" + run("left"), "left"),
    ],
)
def test_word_equations_stand_on_a_line(xml: str, text: str) -> None:
    """What is raised stays raised, a fraction is one, a root has its sign; broken markup keeps its words."""
    assert omml(xml) == text


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<mn>10</mn><msup><mn>10</mn><mn>4</mn></msup>", "1010⁴"),
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E=mc²"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", "(n k)"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x+1)"),
        ("<mroot><mn>27</mn><mn>3</mn></mroot>", "³√27"),
        ("<mfenced open='[' close=')'><mn>0</mn><mn>1</mn></mfenced>", "[0,1)"),
        (
            "<mtable><mtr><mtd>1</mtd><mtd>0</mtd></mtr><mtr><mtd>0</mtd><mtd>1</mtd></mtr></mtable>",
            "1 0; 0 1",
        ),
        (
            "<semantics><mrow> <mi>x</mi> <msub><mi>y</mi><mn>0</mn></msub> </mrow>"
            "<annotation>xy_0</annotation></semantics>",
            "xy₀",
        ),
        ("<mtext>if </mtext><mspace/><mi>x</mi>", "if x"),
    ],
)
def test_mathml_stands_on_a_line(xml: str, text: str) -> None:
    """As browsers parse it: the annotation, which says it in TeX, is not read a second time."""
    math = next(parse_html(f"<p><math>{xml}</math></p>").iter("math"))
    assert linear(math) == text


@given(
    st.recursive(
        st.sampled_from(["<mi>x</mi>", "<mn>12</mn>", "<mo>+</mo>", "<mrow/>"]),
        lambda inner: st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
            st.sampled_from(["msup", "msub", "msubsup", "mfrac", "mroot", "msqrt", "mtable", "mtr", "mrow"]),
            st.lists(inner, max_size=4),
        ),
    )
)
def test_no_letter_or_figure_is_lost(xml: str) -> None:
    """Whatever the nesting: every letter of the equation is on the line, raised or not."""
    node = etree.fromstring(f"<math>{xml}</math>")
    line = linear(node)
    folded = line.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ˣ", "01234567890123456789x"))
    assert folded.count("x") == xml.count("x")
    assert folded.count("12") >= xml.count("12")


def test_an_equation_without_end_is_read_as_it_comes() -> None:
    """Thousands of nested elements take no stack."""
    deep = etree.fromstring("<math>" + "<mrow>" * 200 + "<mn>7</mn>" + "</mrow>" * 200 + "</math>")
    assert linear(deep) == "7"
