package share

import "context"

// Count is how much there is below a folder.
type Count struct {
	Files    int
	Folders  int   // not counting the folder itself
	Bytes    int64 // of all files
	Complete bool  // false if time ran out before everything was counted
}

// Count counts what [Folder.Walk] comes to and can read. It goes on until it
// has seen everything or ctx ends, which is no error: the count is not Complete
// then. The error is one like those of [Folder.Open].
func (f *Folder) Count(ctx context.Context, name string) (Count, error) {
	var c Count
	for i, err := range f.Walk(ctx, name, nil) {
		switch {
		case err != nil && ctx.Err() != nil:
			return c, nil
		case err != nil:
			return Count{}, err
		case i.Err != nil || i.Depth == 0:
		case i.Dir:
			c.Folders++
		default:
			c.Files++
			c.Bytes += i.Size
		}
	}
	c.Complete = true
	return c, nil
}
