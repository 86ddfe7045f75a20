package app

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/requests"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/server"
)

// wireView makes the panels, and connects them with what they do.
func wireView(w *Window) *view {
	s, o := w.sharing, w.owner
	v := &view{win: w.win, sharing: s, openLeft: o.openLeft}
	v.header = newHeader(v.toggleSettings)
	v.code = &codeWindow{app: w.app, sharing: s, link: func() server.Link { return v.column.link.link }, saveAs: w.saveAs}
	drive := newDriveHelp(w, v.code.link)
	trust := &trustHelp{w.win, s, v.code.link, w.saveAs}
	v.column = newColumn(s.folder, wireLinkPanel(w, v.code.open, drive.open, trust.open), newAccessPanel(o.setAccess, o.setPermission), s.port, s.toggle, s.receive)
	deleted := newDeletions(o.restore, w.redraw)
	v.activity = wireActivityPanel(w, deleted)
	v.lists = wireLists(w, v.activity.content)
	received := newReceivedPlace(w)
	v.alerts = wireAlerts(w, deleted, received, v.lists.content)
	v.settings = wireSettingsPage(w, v, received, trust.open)
	v.layOut()
	return v
}

func wireLinkPanel(w *Window, showLarge, showDrive, showTrust func()) *linkPanel {
	return newLinkPanel(w.app, w.control.onUI, linkActions{
		newCode:   w.owner.newCode,
		copyPIN:   func() { kit.CopyText(w.sharing.snapshot.PIN.Digits) },
		showLarge: showLarge,
		showDrive: showDrive,
		showTrust: showTrust,
		prefer: func(l server.Link) {
			w.owner.changeWhere(l, func(where *server.Where) { where.Prefer = l.Address.Choice() })
		},
	})
}

func wireActivityPanel(w *Window, deleted *deletions) *activityPanel {
	o := w.owner
	saveAs := func(name string, save func(string) error) { w.saveAs(w.win, name, save) }
	log := requests.NewPanel(w.win, saveAs, func() { w.view.activity.foldLog() })
	devices := newDevicesPanel(deviceCommands{o.decide, o.sendTextTo, o.rename, o.cancel, w.desktop.files.openFolder}, deleted.deeds)
	return newActivityPanel(newSummary(func() { o.sendText("") }, w.desktop.picker.addMenu), newAutoStopLine(w.autoStop.delay, w.autoStop.cancel), devices, log)
}

// wireLists puts lists above the activity.
func wireLists(w *Window, activity fyne.CanvasObject) *lists {
	l := &lists{welcome: newWelcome()}
	l.pictures = newPictures(w.control.life, w.control.engine.Picture, w.control.onUI, func() { l.items.list.Refresh(); l.received.list.Refresh() })
	l.items = newItemsPanel(l.pictures, itemCommands{w.desktop.picker.addMenu, w.sharing.remove, w.sharing.permit})
	l.received = newReceivedPanel(l.pictures, receivedCommands{
		w.desktop.files.openReceived, func(path string) { w.desktop.files.openFolder(filepath.Dir(path)) }, w.desktop.files.copyReceived, w.desktop.files.deleteReceived,
	})
	rest := container.NewStack(l.welcome, activity)
	l.content = kit.Banner(kit.Gutter, itemsShare, l.items.content, kit.Banner(kit.Gutter, itemsShare, l.received.content, rest))
	return l
}

func wireAlerts(w *Window, deleted *deletions, received *receivedPlace, rest fyne.CanvasObject) *alerts {
	o, n := w.owner, newNotice(w.sharing.usePort, received.chooseAgain, w.sharing.settle)
	network := newNetworkNotice(w.app, w.control.onUI, o.shareHere, func() { o.openFirewall(n.clear) })
	attention := newAttention(w.control.onUI, asking(o.decide), o.remarks.matters,
		newRefusals(w.showLimits, w.redraw).matters, deleted.matters, newPages(o.acceptPage, w.redraw).matters,
		newTexts(w.app, w.control.onUI, o.openAddress, w.redraw).matters)
	return newAlerts(attention, n, network, rest)
}

func wireSettingsPage(w *Window, v *view, received *receivedPlace, showTrust func()) *settingsPage {
	s, o := w.sharing, w.owner
	reveal := func(o fyne.CanvasObject) { v.settings.reveal(o) }
	p := settingsPanels{
		folder: newFolderSettings(s.options.setHidden, s.options.setSite, s.options.setReadmes),
		port:   newPortSetting(s),
		network: newNetworkSettings(func(change func(*server.Where)) {
			o.changeWhere(v.column.link.link, change)
		}),
		tls:   wireEncryptionSettings(w, showTrust, reveal),
		start: newStartSettings(w.control, w.store, reveal),
		stop:  newAutoStopSetting(w.autoStop.setRule),
	}
	advanced := kit.Column(0,
		kit.NewStrong(lang.L("Limits")), newLimitSettings(w.store, w.applyLimits),
		kit.NewStrong(lang.L("Log file")), newLogSettings(w.control, w.store, reveal))
	about := kit.Column(0, newAbout(version(w.app), func() { showLicences(w.win) }),
		kit.NewStrong(lang.L("Keyboard shortcuts")), newShortcutTable())
	return newSettingsPage(v.toggleSettings, p, []settingsGroup{
		{lang.L("Folder and sharing"), kit.Column(0, p.folder.content, p.stop.content)},
		{lang.L("Received files"), newReceivedSettings(received)},
		{lang.L("Network"), kit.Paragraphs(p.tls.content, p.port.content, p.network.content)},
		{lang.L("Start and window"), kit.Column(0, p.start.content, newWindowSettings(w.store))},
		{lang.L("About"), about},
	}, advanced)
}

func wireEncryptionSettings(w *Window, showTrust func(), reveal func(fyne.CanvasObject)) *encryptionSettings {
	near := func() string { return settings.Certificate.Get(w.store) }
	return newEncryptionSettings(w.sharing, encryptionActions{
		chooseFiles: func(picked func([]string, error)) {
			chooseFiles(w.control.life, w.win, near(), w.control.onUI, picked)
		},
		chooseFolder: func(picked func(string, error)) {
			chooseFolder(w.control.life, w.win, near(), w.control.onUI, picked)
		},
		trust:  showTrust,
		reveal: reveal,
	})
}

// saveAs lets the person choose the path of a new file, in front of win, and calls save
// with it on another goroutine.
func (w *Window) saveAs(win fyne.Window, name string, save func(path string) error) {
	chooseNewFile(w.control.life, win, name, w.control.onUI, func(path string) error {
		err := save(path)
		if err == nil {
			saved := lang.L("Saved as {{.Name}}", map[string]any{"Name": words.Visible(filepath.Base(path))})
			w.control.onUI(func() { w.owner.remarks.add(saved, "", nil) })
		}
		return err
	})
}
