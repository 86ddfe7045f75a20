package desktop

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"os/exec"
	"syscall"
)

// HasPictures reports whether pictures can be pasted and copied.
func HasPictures() bool { return true }

// PicturesNeed returns what to install so that they can; "" where nothing is needed.
func PicturesNeed() string { return "" }

// The scripts pass a PNG as base64, since the console changes other bytes. Windows
// PowerShell is part of Windows; -STA is what its clipboard needs.
const (
	pasteScript = `Add-Type -AssemblyName System.Windows.Forms, System.Drawing
$picture = [Windows.Forms.Clipboard]::GetImage()
if ($picture) {
	$png = New-Object IO.MemoryStream
	$picture.Save($png, [Drawing.Imaging.ImageFormat]::Png)
	[Console]::Out.Write([Convert]::ToBase64String($png.ToArray()))
}`
	copyScript = `Add-Type -AssemblyName System.Windows.Forms, System.Drawing
$png = [Convert]::FromBase64String([Console]::In.ReadToEnd())
[Windows.Forms.Clipboard]::SetImage([Drawing.Image]::FromStream((New-Object IO.MemoryStream(, $png))))`
)

var powerShell = []string{"powershell.exe", "-NoProfile", "-NonInteractive", "-STA", "-Command"}

func pastedPicture(ctx context.Context) ([]byte, error) {
	b, err := output(ctx, MaxPicture*4/3+4, powerShell[0], append(powerShell[1:len(powerShell):len(powerShell)], pasteScript)...)
	if err != nil {
		return nil, err
	}
	if b = bytes.TrimSpace(b); len(b) == 0 {
		return nil, ErrNoPicture
	}
	return base64.StdEncoding.AppendDecode(nil, b)
}

func copyPicture(ctx context.Context, png []byte) error {
	c := exec.CommandContext(ctx, powerShell[0], append(powerShell[1:len(powerShell):len(powerShell)], copyScript)...)
	c.Stdin = bytes.NewReader(base64.StdEncoding.AppendEncode(nil, png))
	hideWindow(c)
	if out, err := c.CombinedOutput(); err != nil || len(bytes.TrimSpace(out)) > 0 {
		return errors.Join(err, errors.New(string(out))) // an error in a script leaves the status 0
	}
	return nil
}

func hideWindow(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{HideWindow: true} }
