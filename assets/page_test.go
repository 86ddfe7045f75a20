package assets_test

import (
	"io/fs"
	"testing"

	"windowsill/assets"
)

func TestTestsOfThePageStayHome(t *testing.T) {
	if names, err := fs.Glob(assets.Page(), "test*"); err != nil || len(names) > 0 {
		t.Errorf("%q are in the program, %v", names, err)
	}
	if names, err := fs.Glob(assets.Page(), "*.js"); err != nil || len(names) == 0 {
		t.Errorf("scripts in the program: %q, %v", names, err)
	}
}
