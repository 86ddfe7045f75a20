package main

import (
	"slices"
	"testing"
)

func TestUpwardReferencesOfTheBestOrder(t *testing.T) {
	for _, c := range []struct {
		name string
		g    graph
		want [][2]string
	}{
		{"one uses the next", graph{"c": {"b": ""}, "b": {"a": ""}, "a": {}}, nil},
		{"two use each other", graph{"a": {"b": ""}, "b": {"a": ""}}, [][2]string{{"b", "a"}}},
		{"a circle of three", graph{"a": {"b": ""}, "b": {"c": ""}, "c": {"a": ""}}, [][2]string{{"c", "a"}}},
		{"many use one, which uses one of them", graph{"a": {"d": ""}, "b": {"d": ""}, "c": {"d": ""}, "d": {"a": ""}}, [][2]string{{"d", "a"}}},
	} {
		if got := c.g.upward(c.g.order()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestReferencesAreUsesOfWhatAnotherFileDeclares(t *testing.T) {
	p := listed{ImportPath: "example.com/p", Dir: "testdata", GoFiles: []string{"one.go", "two.go"}}
	got := p.references(nil)
	if len(got["one.go"]) != 1 || got["one.go"]["two.go"] != "Two" || len(got["two.go"]) != 0 {
		t.Errorf("%v", got)
	}
}
