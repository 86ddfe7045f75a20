//go:build !unix

package media

// poster is not supported: on this system an open file cannot be passed to another
// program, and the share is reached in no other way.
func (w *thumbnailer) poster() (Thumbnail, error) { return Thumbnail{}, ErrNoThumbnail }
