package sipward

import "time"

// Moment is what both clocks of the host say at once. The library reads no clock: every packet and
// event brings a Moment, and the same packets with the same moments give the same verdicts again.
//
// Windows, bans and leases are measured by Monotonic, dates of certificates and tokens by Wall.
type Moment struct {
	Wall      int64 // nanoseconds since 1970 UTC
	Monotonic int64 // nanoseconds since anything
}

// The monotonic clock of this process begins here.
var processStart = time.Now()

// Now reads both clocks. Monotonic counts from the start of this process.
func Now() Moment { return MomentOf(time.Now()) }

// MomentOf is the moment of a time that time.Now gave, which holds both clocks. A time without the
// monotonic one (from a file, a capture, a database) is measured on the wall clock instead: do not
// mix both kinds in one State.
func MomentOf(t time.Time) Moment {
	return Moment{Wall: t.UnixNano(), Monotonic: int64(t.Sub(processStart))}
}

// WallMoment is a moment of a recording that has no other clock: both are the nanoseconds since 1970.
func WallMoment(ns int64) Moment { return Moment{Wall: ns, Monotonic: ns} }

// Time is the wall clock as a time.Time.
func (m Moment) Time() time.Time { return time.Unix(0, m.Wall) }
