"""What is measured of response, each a share of something counted by the month of the call."""

from dataclasses import dataclass

from fellwatch.response.figures import Month


@dataclass(frozen=True)
class Indicator:
    """A share in per cent: `part` of `whole`, both counted by month."""

    id: str
    title: str
    means: str
    part: str
    whole: str
    part_words: str
    whole_words: str

    def of(self, month: Month) -> float | None:
        """Return the share of a month; none where there was nothing to share."""
        whole = getattr(month, self.whole)
        return round(100 * getattr(month, self.part) / whole, 1) if whole else None


INDICATORS = (
    Indicator(
        "arrest_rate",
        "Arrests",
        "Of suspects of domestic abuse about whom anything was decided, how many were arrested.",
        "arrested",
        "suspects",
        "Arrested",
        "Suspects",
    ),
    Indicator(
        "charge_rate",
        "Charges",
        "Of crimes of domestic abuse recorded, how many ended in a charge or summons.",
        "charged",
        "recorded",
        "Charged",
        "Crimes recorded",
    ),
    Indicator(
        "unsupported_victims",
        "Victims who do not support action",
        "Of victims of domestic abuse who were asked, how many said no or withdrew.",
        "unsupported",
        "asked",
        "Do not support",
        "Asked",
    ),
    Indicator(
        "voluntary_attendance",
        "Interview by appointment",
        "Of suspects of domestic abuse about whom anything was decided, how many were interviewed by appointment.",
        "voluntary",
        "suspects",
        "By appointment",
        "Suspects",
    ),
    Indicator(
        "bail_use",
        "Bail",
        "Of suspects of domestic abuse released before charge, how many were on bail.",
        "bailed",
        "released",
        "On bail",
        "Released before charge",
    ),
)
