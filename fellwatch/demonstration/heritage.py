"""Names of families whose roots are elsewhere, with their own script and other romanisations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """A name in Latin letters, other ways it is romanised, and its own script where that is another."""

    latin: str
    also: tuple[str, ...] = ()
    script: str = ""


@dataclass(frozen=True)
class Heritage:
    """Names that go together. `gendered` surnames are (his, hers)."""

    share: float
    male: tuple[Named, ...]
    female: tuple[Named, ...]
    surnames: tuple[tuple[Named, Named], ...]


def _n(text: str) -> Named:
    parts = text.split("/")
    return Named(parts[0], tuple(p for p in parts[1:-1] if p), parts[-1] if len(parts) > 1 else "")


def _names(text: str) -> tuple[Named, ...]:
    return tuple(_n(word) for word in text.split())


def _same(text: str) -> tuple[tuple[Named, Named], ...]:
    return tuple((name, name) for name in _names(text))


HERITAGES = (
    Heritage(
        0.012,
        _names("Oleksandr/Alexander/Олександр Andriy/Andrii/Андрій Dmytro/Dmitro/Дмитро Mykola/Nikolai/Микола"),
        _names("Oksana/Oxana/Оксана Nataliya/Natalia/Наталія Iryna/Irina/Ірина Yuliia/Julia/Юлія"),
        _same("Kovalenko//Коваленко Shevchuk/Shevchouk/Шевчук Bondar//Бондар Tkachenko/Tkatchenko/Ткаченко"),
    ),
    Heritage(
        0.016,
        _names("Piotr Krzysztof Paweł/Pawel/ Łukasz/Lukasz/ Tomasz Marcin Wojciech Jakub"),
        _names("Agnieszka Katarzyna Małgorzata/Malgorzata/ Zofia Magdalena Joanna Ewa Hanna"),
        (
            (_n("Kowalski"), _n("Kowalska")),
            (_n("Wiśniewski/Wisniewski/"), _n("Wiśniewska/Wisniewska/")),
            (_n("Nowak"), _n("Nowak")),
            (_n("Zieliński/Zielinski/"), _n("Zielińska/Zielinska/")),
        ),
    ),
    Heritage(
        0.010,
        _names("Mohammed/Muhammad/Mohamed/محمد Ahmed/Ahmad/أحمد Yusuf/Youssef/يوسف Omar/Umar/عمر Hassan//حسن"),
        _names("Fatima/Fatema/فاطمة Aisha/Ayesha/عائشة Maryam/Mariam/مريم Zainab/Zaynab/زينب Layla/Leila/ليلى"),
        _same("Hussain/Hussein/حسين Khan//خان Malik/Malek/مالك Rahman/Rehman/رحمن Haddad//حداد Nasser/Nasir/ناصر"),
    ),
    Heritage(
        0.006,
        _names("Wei//伟 Jun//军 Ming//明 Hao//浩 Jian/Chien/建"),
        _names("Mei//梅 Xiu/Hsiu/秀 Ying//英 Lan//兰 Yan/Yen/燕"),
        _same("Chen/Chan/陈 Wang/Wong/王 Zhang/Cheung/张 Li/Lee/李 Huang/Wong/黄"),
    ),
    Heritage(
        0.007,
        _names("Rajesh Sanjay Arjun Vikram Harpreet Gurdeep"),
        _names("Priya Anjali Sunita Harpreet Simran Meera"),
        _same("Patel Sharma Singh Gill/Ghil/ Mistry/Mistri/ Nair/Nayar/"),
    ),
    Heritage(
        0.006,
        _names("Andrei Ștefan/Stefan/ Ionuț/Ionut/ Mihai Constantin"),
        _names("Ioana Elena Mădălina/Madalina/ Cristina Gabriela"),
        _same("Popescu Ionescu Dumitrescu Stoica Munteanu"),
    ),
    Heritage(
        0.005,
        _names("Seán/Sean/ Pádraig/Padraig/ Ciarán/Kieran/ Eoin/Owen/ Tadhg/Tighe/"),
        _names("Siobhán/Siobhan/Shevaun/ Niamh/Neve/ Aoife/Eefa/ Caoimhe/Keeva/ Róisín/Roisin/"),
        _same("Ní_Bhriain/O'Brien/ Ó_Ceallaigh/O'Kelly/ Mac_Gabhann/McGowan/ Ó_Floinn/O'Flynn/"),
    ),
)
