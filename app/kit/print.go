package kit

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
)

// A sheet of paper on its side (A4, 297 by 210 mm), in pixels of an image and
// in the points of a PDF.
const (
	sheetWidth, sheetHeight = 2000, 1414
	pointsWide, pointsHigh  = 842, 595
)

// RenderSheet draws an object on a sheet.
func RenderSheet(o fyne.CanvasObject) image.Image {
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(o)
	c.Resize(fyne.NewSize(sheetWidth, sheetHeight))
	return c.Capture()
}

// SaveSheet writes a sheet as a PDF if the path says so, else as a PNG. Any
// goroutine may call it.
func SaveSheet(path string, sheet image.Image) error {
	write := func(w io.Writer) error { return png.Encode(w, sheet) }
	if strings.EqualFold(filepath.Ext(path), ".pdf") {
		write = func(w io.Writer) error { return writePDF(w, sheet) }
	}
	return WriteFile(path, write)
}

// writePDF writes one page that an image fills (ISO 32000-1). That is too little
// for a PDF library.
func writePDF(w io.Writer, sheet image.Image) error {
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, sheet, &jpeg.Options{Quality: 92}); err != nil {
		return err
	}
	content := fmt.Sprintf("q %d 0 0 %d 0 0 cm /I Do Q", pointsWide, pointsHigh)
	size := sheet.Bounds().Size()
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>", pointsWide, pointsHigh),
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream",
			size.X, size.Y, picture.Len(), picture.String()),
	}
	var file bytes.Buffer
	file.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var places []int
	for i, o := range objects {
		places = append(places, file.Len())
		fmt.Fprintf(&file, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := file.Len()
	fmt.Fprintf(&file, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range places {
		fmt.Fprintf(&file, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&file, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	_, err := w.Write(file.Bytes())
	return err
}
