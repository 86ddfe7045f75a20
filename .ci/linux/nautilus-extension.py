"""Puts "Share with Windowsill" into the menu of files and folders in Nautilus, where its
package for extensions in Python is there (python3-nautilus)."""

import locale
import subprocess

from gi.repository import GObject, Nautilus

LABELS = {"de": "Mit Windowsill freigeben"}


class Share(GObject.GObject, Nautilus.MenuProvider):
    def get_file_items(self, *given):  # Nautilus before 43 gives its window first
        return self._items("Windowsill::selected", given[-1])

    def get_background_items(self, *given):
        return self._items("Windowsill::here", [given[-1]])

    def _items(self, name, files):  # two items of one name would do the same
        paths = [file.get_location().get_path() for file in files]
        if not paths or None in paths:  # on no disk of this computer
            return []
        language = (locale.getlocale(locale.LC_MESSAGES)[0] or "").split("_")[0]
        item = Nautilus.MenuItem(name=name, label=LABELS.get(language, "Share with Windowsill"), icon="net.windowsill.Windowsill")
        item.connect("activate", lambda _: subprocess.Popen(["windowsill", *paths], start_new_session=True))
        return [item]
