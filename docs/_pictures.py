"""How does a page show a picture that was taken twice, in the light and in the dark?

    ```{picture} tutorial-name
    :alt: What is to be seen on it
    ```

shows `images/tutorial-name-light.png` and, where furo knows that a reader's screen is dark,
`images/tutorial-name-dark.png`. `tox run -e pictures` takes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from docutils.nodes import Node
    from sphinx.application import Sphinx


class PictureDirective(SphinxDirective):
    """Both pictures; formats that know nothing of the dark show the light one."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "alt": directives.unchanged_required,
    }

    def run(self) -> list[Node]:
        """Return the light picture, and the dark one where a stylesheet can choose."""
        dark = addnodes.only(expr="format_html and not builder_epub")
        dark += self._image("dark")
        return [self._image("light"), dark]

    def _image(self, scheme: str) -> nodes.image:
        image = nodes.image(
            uri=f"/images/{self.arguments[0]}-{scheme}.png",
            alt=self.options["alt"],
            classes=["picture", f"only-{scheme}"],
            width="680",
        )
        self.set_source_info(image)
        return image


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("picture", PictureDirective)
