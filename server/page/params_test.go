package page

import (
	"net/url"
	"testing"

	"windowsill/server/share"
)

func TestPreferenceInAnAddress(t *testing.T) {
	for _, c := range []struct {
		query string
		want  Preference
	}{
		{"", Preference{}},
		{"view=gallery", Preference{View: "gallery"}},
		{"view=list&sort=date&order=desc", Preference{"list", "date", "desc"}},
		{"sort=name", Preference{Sort: "name"}},
		{"sort=kind&order=asc", Preference{Sort: "kind"}},
		{"order=desc", Preference{}},
		{"sort=color&order=desc&view=map", Preference{}},
		{"sort=NAME", Preference{}},
		{"view=" + url.QueryEscape(`"><script>`), Preference{}},
	} {
		got := paramsOf(c.query).Preference
		if got != c.want {
			t.Errorf("%q: %+v, want %+v", c.query, got, c.want)
		}
		if again := paramsOf(got.String()).Preference; again != got {
			t.Errorf("%+v is kept as %q, which reads as %+v", got, got, again)
		}
	}
}

func TestAddressWinsOverWhatIsLiked(t *testing.T) {
	liked := Preference{"gallery", "date", "desc"}
	for _, c := range []struct{ asked, want Preference }{
		{Preference{}, liked},
		{Preference{View: "list"}, Preference{"list", "date", "desc"}},
		{Preference{Sort: "name"}, Preference{"gallery", "name", ""}},
		{Preference{"list", "size", "desc"}, Preference{"list", "size", "desc"}},
	} {
		if got := c.asked.Or(liked); got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.asked, got, c.want)
		}
	}
}

func TestLastingParams(t *testing.T) {
	for query, want := range map[string]bool{
		"": false, "select": false, "view=list": true, "sort=size&select": true,
		"view=list&sort=name&after=a.jpg": false, "view=list&before": false, "q=x": false,
	} {
		if paramsOf(query).Lasting() != want {
			t.Errorf("%q lasts: %v, want %v", query, !want, want)
		}
	}
}

// A link read again asks for the same, whatever the name is made of.
func FuzzParams(f *testing.F) {
	for _, name := range hostile {
		f.Add("after", name, int64(0), true)
		f.Add("before", name, int64(-5), false)
	}
	f.Fuzz(func(t *testing.T, side, name string, key int64, folder bool) {
		if name == "" || name[len(name)-1] == '/' {
			t.Skip("not a name")
		}
		w := Params{Preference: Preference{"list", "date", "desc"}, Select: folder}
		w.part = part{afterMark, share.Mark{Name: name, Dir: folder, Key: key}}
		if side == "before" {
			w.part.from = beforeMark
		}
		to, err := url.Parse(string(w.link()))
		if err != nil || to.Path != "" || to.Host != "" {
			t.Fatalf("%+v leads to %v, %v", w, to, err)
		}
		if got := ReadParams(to.Query()); got != w {
			t.Errorf("%+v became %+v by %v", w, got, to)
		}
	})
}
