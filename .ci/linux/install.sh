#!/bin/sh
# Installs Windowsill for you alone; no administrator is needed.
#
#   ./install.sh             install, or renew what is installed
#   ./install.sh --remove    remove it; your settings stay
#   ./install.sh --purge     remove it, with your settings and thumbnails
#
# Once installed, this script is also ~/.local/share/windowsill/install.sh.
set -eu

id=net.windowsill.Windowsill
opener=zz-windowsill-folder.desktop
here=$(cd "$(dirname "$0")" && pwd)
bin=$HOME/.local/bin
data=${XDG_DATA_HOME:-$HOME/.local/share}
config=${XDG_CONFIG_HOME:-$HOME/.config}
cache=${XDG_CACHE_HOME:-$HOME/.cache}
own=$data/windowsill
extension=$data/nautilus-python/extensions/windowsill.py
script="$data/nautilus/scripts/Share with Windowsill"
actions=$config/Thunar/uca.xml
everyones=/etc/xdg/Thunar/uca.xml
openers=$config/mimeapps.list

# placed copies a file whose command is "windowsill", and makes that the full
# path: ~/.local/bin is not always where menus look.
placed() {
	mkdir -p "$(dirname "$2")"
	case $bin in
	*[!A-Za-z0-9_./+@%:,-]*) command=windowsill ;; # cannot be named in such a file without quotes
	*) command=$bin/windowsill ;;
	esac
	sed "s|\(Exec=\)windowsill|\1$command|; s|\(exec \)windowsill|\1$command|; s|\(<command>\)windowsill|\1$command|; s|\(Popen(\[\"\)windowsill|\1$command|" "$1" >"$2"
}

# without prints Thunar's actions but for ours.
without() {
	awk '/<action>/ { block = ""; inside = 1 }
		inside { block = block $0 "\n"; if (/<\/action>/) { inside = 0; if (block !~ /net-windowsill-share/) printf "%s", block } next }
		{ print }' "$1"
}

# thunar adds the entry to the person's actions. They begin as those of the
# system, which Thunar reads only while there are none.
thunar() {
	command -v thunar >/dev/null || [ -e "$actions" ] || return 0
	mkdir -p "$(dirname "$actions")"
	old=$actions
	[ -e "$old" ] || old=$everyones
	[ -e "$old" ] || { old=$own/none.xml; printf '<?xml version="1.0" encoding="UTF-8"?>\n<actions>\n</actions>\n' >"$old"; }
	without "$old" | sed '/<\/actions>/,$d' >"$actions.new"
	{ cat "$own/thunar-action.xml"; echo '</actions>'; } >>"$actions.new"
	mv "$actions.new" "$actions"
	rm -f "$own/none.xml"
}

# unthunar takes the entry away again, and the file if it then says only what
# the system's says.
unthunar() {
	[ -e "$actions" ] || return 0
	without "$actions" >"$actions.new"
	mv "$actions.new" "$actions"
	if ! grep -q '<action>' "$actions" || { [ -e "$everyones" ] && [ "$(tr -d '[:space:]' <"$actions")" = "$(tr -d '[:space:]' <"$everyones")" ]; }; then
		rm "$actions"
	fi
}

# nautilus adds an entry to the Scripts of Nautilus and, where the system has its
# package for extensions in Python, to the menu itself. The script stays then too:
# with another Python first in PATH, Nautilus loads no extension.
nautilus() {
	rm -f "$extension"
	placed "$here/extra/nautilus-script" "$script"
	chmod +x "$script"
	for library in /usr/lib*/nautilus/extensions-*/libnautilus-python.so /usr/lib/*/nautilus/extensions-*/libnautilus-python.so; do
		if [ -e "$library" ]; then placed "$here/extra/nautilus-extension.py" "$extension"; fi
	done
}

# keep_opener sees to it that folders go on opening in the file manager $1, and
# notes what it wrote for that.
keep_opener() {
	if [ -z "$1" ] || [ "$1" = $opener ] || [ "$(folders)" != $opener ]; then return 0; fi
	if xdg-mime default "$1" inode/directory; then echo "inode/directory=$1" >"$own/opener"; fi
}

# forget_opener takes back what keep_opener wrote, and the file if that was all.
forget_opener() {
	if [ ! -e "$own/opener" ] || [ ! -e "$openers" ]; then return 0; fi
	grep -vxF -e "$(cat "$own/opener")" -e "$(cat "$own/opener");" "$openers" >"$openers.new" || true
	mv "$openers.new" "$openers"
	if ! grep -q = "$openers"; then rm "$openers"; fi
}

# renewed lets the desktop know, where it has the programs for that.
renewed() {
	if [ -d "$data/applications" ]; then update-desktop-database -q "$data/applications" 2>/dev/null || true; fi
	if [ -d "$data/icons/hicolor" ]; then gtk-update-icon-cache -q -t "$data/icons/hicolor" 2>/dev/null || true; fi
}

folders() { xdg-mime query default inode/directory 2>/dev/null || true; }

install_all() {
	before=$(folders)
	mkdir -p "$bin" "$own"
	cp "$here/bin/windowsill" "$bin/windowsill.new"
	mv "$bin/windowsill.new" "$bin/windowsill" # it may be running
	(cd "$here/share/icons" && find . -type f) | while read -r icon; do
		mkdir -p "$data/icons/$(dirname "$icon")"
		cp "$here/share/icons/$icon" "$data/icons/$icon"
	done
	placed "$here/share/applications/$id.desktop" "$data/applications/$id.desktop"
	placed "$here/share/applications/$opener" "$data/applications/$opener"
	placed "$here/share/kio/servicemenus/$id.desktop" "$data/kio/servicemenus/$id.desktop"
	chmod +x "$data/kio/servicemenus/$id.desktop"
	placed "$here/share/nemo/actions/$id.nemo_action" "$data/nemo/actions/$id.nemo_action"
	placed "$here/extra/thunar-action.xml" "$own/thunar-action.xml"
	mkdir -p "$data/metainfo" "$data/man/man1"
	cp "$here/share/metainfo/$id.metainfo.xml" "$data/metainfo/"
	cp "$here/share/man/man1/windowsill.1.gz" "$data/man/man1/"
	cp "$here/install.sh" "$here/licences.txt" "$own/"
	nautilus
	thunar
	renewed
	keep_opener "$before"
	echo "Windowsill is installed. It is in your menu, and $bin/windowsill starts it."
}

remove_all() {
	rm -f "$bin/windowsill" "$data/applications/$id.desktop" "$data/applications/$opener" "$data/metainfo/$id.metainfo.xml" \
		"$data/man/man1/windowsill.1.gz" \
		"$data/kio/servicemenus/$id.desktop" "$data/nemo/actions/$id.nemo_action" \
		"$extension" "$script" "$config/autostart/$id.desktop"
	rm -rf "$data/nautilus-python/extensions/__pycache__" # Python makes it anew
	if [ -d "$data/icons/hicolor" ]; then find "$data/icons/hicolor" -name "$id.*" -delete; fi
	unthunar
	forget_opener
	renewed
	rm -rf "$own"
	if ! grep -qs = "$data/applications/mimeinfo.cache"; then rm -f "$data/applications/mimeinfo.cache"; fi
	for d in "$data/applications" "$data/metainfo" "$data/man/man1" "$data/man" "$data/kio/servicemenus" "$data/kio" "$data/nemo/actions" "$data/nemo" \
		"$data/nautilus/scripts" "$data/nautilus" "$data/nautilus-python/extensions" "$data/nautilus-python" "$config/Thunar" "$config/autostart" "$bin"; do
		rmdir "$d" 2>/dev/null || true # only if nothing else is in it
	done
	if [ -d "$data/icons" ]; then
		find "$data/icons/hicolor" -name icon-theme.cache -size -2k -delete
		find "$data/icons" -depth -type d -empty -delete
	fi
}

# forget removes what the program has kept, and what its libraries have.
forget() {
	rm -rf "$config/windowsill" "$config/fyne/$id" "$cache/windowsill" "$cache/fyne/$id"
	rm -f "$cache"/font_index_v*.cache # made anew by any program that wants it
	rmdir "$config/fyne" "$cache/fyne" 2>/dev/null || true
}

case "${1:-}" in
'') install_all ;;
--remove) remove_all; echo "Windowsill is removed. Its settings are still in $config/windowsill; --purge removes them too." ;;
--purge) remove_all; forget; echo "Windowsill is removed, and all it had kept." ;;
*) echo "Usage: install.sh [--remove | --purge]" >&2; exit 2 ;;
esac
