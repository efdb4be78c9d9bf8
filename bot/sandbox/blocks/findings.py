"""Where in a payload something is wrong, in Slack's words and with its JSON pointers."""

from dataclasses import dataclass, field


@dataclass
class Findings:
    """Everything that is wrong with one payload."""

    messages: list[str] = field(default_factory=list)

    def at(self, pointer: str) -> "Place":
        return Place(self, pointer)


@dataclass(frozen=True)
class Place:
    """One spot in the payload."""

    findings: Findings
    pointer: str

    def at(self, key: str | int) -> "Place":
        """The spot below this one."""
        return Place(self.findings, f"{self.pointer}/{key}")

    def say(self, text: str) -> None:
        """Report something wrong here."""
        self.findings.messages.append(f"{text} [json-pointer:{self.pointer}]")
