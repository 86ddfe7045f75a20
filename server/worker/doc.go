// Package worker runs jobs on bytes that may come from anybody, such as
// laying out a document, in processes of their own. A goroutine cannot be
// stopped from outside; a process that hangs or devours memory can.
//
// The program starts itself again with a hidden argument. Such a worker reads
// one job at a time from its standard input and writes the result to its
// standard output; it ends when its input does, so that it never outlives the
// program. It is kept for a while, so that the next job costs no start.
//
// There are bounds on each job's processor time, memory, output and duration,
// on how many run at once and on how many outputs are held. Of both each
// caller gets a share, so that one of them cannot shut out the others. The
// worker watches processor time and memory itself, as no other process can
// tell them on all systems; the pool watches the clock. Either ends the
// process, and nothing else.
//
// Goroutines: one for each process, which waits for its end.
//
// The package does not know what the jobs do, and does not confine what they
// may read or write.
package worker
