package app

import "testing"

func TestFirewallIsExplainedOnce(t *testing.T) {
	h := opened(t)
	shared := 0
	share := func() { shared++ }
	explainFirewall(h.sharing.asker, &h.store, "linux", share)
	if shared != 1 {
		t.Fatal("Where nothing is asked, something is explained.")
	}
	explainFirewall(h.sharing.asker, &h.store, "windows", share)
	h.sees("Windows may ask", "private networks")
	h.tap("Not now")
	explainFirewall(h.sharing.asker, &h.store, "windows", share)
	if shared != 1 {
		t.Fatal("It is shared although the person did not want to.")
	}
	h.answer("Share")
	explainFirewall(h.sharing.asker, &h.store, "windows", share)
	if shared != 3 {
		t.Errorf("shared %d times, want 3: with the answer, and the next time without a question", shared)
	}
}
