package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"
)

// process is a worker, as the pool has it.
type process struct {
	cmd   *exec.Cmd
	to    *os.File // its standard input
	from  *os.File // its standard output
	ended chan struct{}
	rest  *time.Timer // ends it when it has been idle for too long
}

// launch starts a program as a worker. It is not ready yet.
func launch(program string) (*process, error) {
	theirIn, to, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirIn.Close()
	from, theirOut, err := os.Pipe()
	if err != nil {
		to.Close()
		return nil, err
	}
	defer theirOut.Close()
	w := &process{cmd: exec.Command(program, argument), to: to, from: from, ended: make(chan struct{})}
	w.cmd.Stdin, w.cmd.Stdout = theirIn, theirOut
	separate(w.cmd)
	if err := w.cmd.Start(); err != nil {
		to.Close()
		from.Close()
		return nil, err
	}
	return w, nil
}

// own is the program that runs. On Linux that is no path, under which another
// version may have been installed meanwhile.
func own() (string, error) {
	const itself = "/proc/self/exe"
	if _, err := os.Stat(itself); err == nil && runtime.GOOS == "linux" {
		return itself, nil
	}
	return os.Executable()
}

// await returns when the process has ended, and lets go of it.
func (w *process) await() {
	_ = w.cmd.Wait() // its state tells more
	w.to.Close()
	w.from.Close()
	close(w.ended)
}

func (w *process) kill() { _ = w.cmd.Process.Kill() }

// end ends the process and waits for that.
func (w *process) end() {
	w.kill()
	<-w.ended
}

func (w *process) hasEnded() bool {
	select {
	case <-w.ended:
		return true
	default:
		return false
	}
}

// greet tells a new worker its limits, and hears whether it is one.
func (w *process) greet(ctx context.Context, l Limits) error {
	stop := context.AfterFunc(ctx, w.kill)
	defer stop()
	limits, err := json.Marshal(l)
	if err == nil {
		err = writeFrame(w.to, limits)
	}
	if err != nil {
		return err
	}
	said, err := readFrame(w.from, int64(len(greeting)))
	if err == nil && string(said) != greeting {
		err = errors.New("worker: the program is none")
	}
	return err
}

// do has the worker do a task. After any error but a [*JobError] it is of no
// more use.
func (w *process) do(ctx context.Context, t task, most int) ([]byte, error) {
	stop := context.AfterFunc(ctx, w.kill)
	output, err := w.exchange(t, most)
	if !stop() {
		return nil, context.Cause(ctx)
	}
	if _, itself := errors.AsType[*JobError](err); err != nil && !itself {
		w.end()
		return nil, fmt.Errorf("%w: %w (%v)", ErrBeyond, err, w.cmd.ProcessState)
	}
	return output, err
}

func (w *process) exchange(t task, most int) ([]byte, error) {
	if err := writeFrame(w.to, []byte(t.job)); err != nil {
		return nil, err
	}
	if err := writeFrame(w.to, t.input); err != nil {
		return nil, err
	}
	answer, err := readFrame(w.from, int64(most)+1)
	switch {
	case err != nil:
		return nil, err
	case len(answer) > 0 && answer[0] == succeeded:
		return answer[1:], nil
	case len(answer) > 0 && answer[0] == failed:
		return nil, &JobError{string(answer[1:])}
	}
	return nil, errors.New("worker: the answer makes no sense")
}
