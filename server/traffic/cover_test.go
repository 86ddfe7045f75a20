package traffic

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestCover(t *testing.T) {
	tests := []struct {
		name string
		add  []span
		want cover
	}{
		{"nothing", []span{{3, 3}}, nil},
		{"one after the other", []span{{0, 2}, {2, 4}}, cover{{0, 4}}},
		{"before", []span{{5, 7}, {0, 2}}, cover{{0, 2}, {5, 7}}},
		{"twice the same", []span{{0, 2}, {0, 2}}, cover{{0, 2}}},
		{"closes a gap", []span{{0, 2}, {4, 6}, {1, 5}}, cover{{0, 6}}},
		{"over several", []span{{1, 2}, {3, 4}, {5, 6}, {0, 9}}, cover{{0, 9}}},
		{"between", []span{{0, 1}, {8, 9}, {4, 5}}, cover{{0, 1}, {4, 5}, {8, 9}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var c cover
			for _, s := range tt.add {
				c = c.with(s)
			}
			if !slices.Equal(c, tt.want) {
				t.Errorf("got %v, want %v", c, tt.want)
			}
		})
	}
}

func TestCoverNeverSaysTooMuch(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var c cover
	went := make([]bool, 10_000)
	for range 3000 {
		from := random.Int64N(9990)
		s := span{from, from + 1 + random.Int64N(9)}
		c = c.with(s)
		for i := s.from; i < s.to; i++ {
			went[i] = true
		}
		if len(c) > mostSpans {
			t.Fatalf("%d spans", len(c))
		}
		for i, s := range c {
			if s.from >= s.to || i > 0 && s.from <= c[i-1].to {
				t.Fatalf("not in order: %v", c)
			}
			for b := s.from; b < s.to; b++ {
				if !went[b] {
					t.Fatalf("byte %d is in %v, but never went", b, s)
				}
			}
		}
	}
}
