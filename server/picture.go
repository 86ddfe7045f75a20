package server

import (
	"context"
	"sync"

	"windowsill/server/media"
	"windowsill/server/share"
	"windowsill/server/worker"
)

// ownPictures makes small pictures for the owner, also of what is not shared.
type ownPictures struct {
	once  sync.Once
	maker *media.Maker
}

// get returns the maker, which starts nothing before the first picture.
func (p *ownPictures) get() *media.Maker {
	p.once.Do(func() {
		const kept = 8 << 20
		p.maker = media.New(media.Options{Workers: 1, MemoryBytes: kept, Converters: worker.NewPool(media.Converters)})
	})
	return p.maker
}

// Picture returns a small picture of a file, a JPEG or PNG of at most side pixels in
// width and height, made as the thumbnails of visitors are. It may take a minute. The
// error is ctx's, or says that there is none.
func (s *Server) Picture(ctx context.Context, path string, side int) ([]byte, error) {
	folder, err := share.OpenRoots([]share.Root{{Path: path, ReadOnly: true}}, share.Options{Hidden: true})
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	name, ok := folder.Single()
	if !ok {
		return nil, media.ErrNoThumbnail // a folder
	}
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	small, err := s.pictures.get().Thumbnail(ctx, "owner", f, side)
	return small.Content, err
}
