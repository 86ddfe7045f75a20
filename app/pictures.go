package app

import (
	"bytes"
	"container/list"
	"context"
	"image"
	_ "image/jpeg" // formats of small pictures
	_ "image/png"
	"slices"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
)

const (
	pictureSide    = 128 // pixels of a small picture, at most
	picturesKept   = 200
	picturesQueued = 50 // more are asked for only when one scrolls fast, and the oldest are out of sight
)

// pictureFunc returns a small picture of a file, a JPEG or PNG, see [Engine].
type pictureFunc func(ctx context.Context, path string, side int) ([]byte, error)

// pictures has small pictures of files made, one at a time and never on Fyne's goroutine,
// which calls its methods. What was asked for last comes first.
type pictures struct {
	life   context.Context
	make   pictureFunc
	onUI   func(func())
	redraw func() // a picture has come

	made  map[string]*list.Element // by path
	order *list.List               // of madePicture, the one used last in front

	mu      sync.Mutex
	queue   []string // guarded by mu
	running bool     // guarded by mu
}

type madePicture struct {
	path  string
	image image.Image // nil if there is none
}

func newPictures(life context.Context, make pictureFunc, onUI func(func()), redraw func()) *pictures {
	return &pictures{life: life, make: make, onUI: onUI, redraw: redraw, made: map[string]*list.Element{}, order: list.New()}
}

// of returns the small picture of a file, nil if there is none, or not yet: then redraw
// is called when it has come.
func (p *pictures) of(path string) image.Image {
	if path == "" {
		return nil
	}
	if e := p.made[path]; e != nil {
		p.order.MoveToFront(e)
		return e.Value.(madePicture).image
	}
	p.ask(path)
	return nil
}

// ask puts a file into the queue.
func (p *pictures) ask(path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = append(slices.DeleteFunc(p.queue, func(o string) bool { return o == path }), path)
	p.queue = p.queue[max(0, len(p.queue)-picturesQueued):]
	if !p.running {
		p.running = true
		go p.run()
	}
}

// stop makes no more pictures.
func (p *pictures) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = nil
}

// run makes the pictures of the queue.
func (p *pictures) run() {
	for {
		p.mu.Lock()
		n := len(p.queue)
		if n == 0 {
			p.running = false
			p.mu.Unlock()
			return
		}
		path := p.queue[n-1]
		p.queue = p.queue[:n-1]
		p.mu.Unlock()
		small := p.small(path)
		p.onUI(func() { p.keep(madePicture{path, small}) })
	}
}

func (p *pictures) keep(m madePicture) {
	if p.made[m.path] != nil {
		return
	}
	p.made[m.path] = p.order.PushFront(m)
	if p.order.Len() > picturesKept {
		last := p.order.Back()
		p.order.Remove(last)
		delete(p.made, last.Value.(madePicture).path)
	}
	if m.image != nil {
		p.redraw()
	}
}

// small returns the small picture of a file, nil if it cannot be had.
func (p *pictures) small(path string) image.Image {
	content, err := p.make(p.life, path, pictureSide)
	if err != nil {
		return nil
	}
	small, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil
	}
	return small
}

// smallImage shows the small picture of a file, or an icon.
type smallImage struct {
	content fyne.CanvasObject
	from    *pictures
	icon    *widget.Icon
	image   *canvas.Image
}

func newSmallImage(from *pictures) *smallImage {
	s := &smallImage{from: from, icon: widget.NewIcon(nil), image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	s.content = container.NewStack(kit.Padded(6, 6, 6, 6, s.icon), s.image)
	return s
}

// show draws what is at a path, or the icon if there is no picture of it.
func (s *smallImage) show(path string, icon fyne.Resource) {
	small := s.from.of(path)
	if small != nil && s.image.Image != small {
		s.image.Image = small
		s.image.Refresh()
	}
	s.icon.SetResource(icon)
	kit.SetShown(s.image, small != nil)
	kit.SetShown(s.icon, small == nil)
}
