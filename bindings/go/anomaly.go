package sipward

// #include "handles.h"
import "C"

// AnomalyClass says how serious an anomaly is.
type AnomalyClass uint32

const (
	ClassViolation  = AnomalyClass(C.SIPWARD_CLASS_VIOLATION)  // the RFC forbids it, and programs act on that
	ClassAmbiguous  = AnomalyClass(C.SIPWARD_CLASS_AMBIGUOUS)  // deployed programs read a security-relevant field differently
	ClassSuspicious = AnomalyClass(C.SIPWARD_CLASS_SUSPICIOUS) // legal, or a slip that programs read alike; seen in attacks
	ClassLimit      = AnomalyClass(C.SIPWARD_CLASS_LIMIT)      // more than an option allows
)

// String is "violation", "ambiguous", "suspicious" or "limit".
func (c AnomalyClass) String() string {
	switch c {
	case ClassViolation:
		return "violation"
	case ClassAmbiguous:
		return "ambiguous"
	case ClassSuspicious:
		return "suspicious"
	}
	return "limit"
}

// Anomaly is something that a message does and should not, at a place of its bytes. Names are
// stable, numbers only within one version of the library.
type Anomaly struct {
	ID     int
	Offset int // of the first byte concerned
}

// Info describes the anomaly.
func (a Anomaly) Info() AnomalyInfo {
	if a.ID >= 0 && a.ID < len(anomalies) {
		return anomalies[a.ID]
	}
	return AnomalyInfo{}
}

// Name is "line.bare_lf" and the like.
func (a Anomaly) Name() string { return a.Info().Name }

// AnomalyInfo describes an anomaly.
type AnomalyInfo struct {
	Name              string
	Class             AnomalyClass
	Sentence          string
	RefusedInStrict   bool
	RefusedInTolerant bool // and so in both: no Policy can accept it
}

// Read once: texts and numbers are constants of the library.
var anomalies = func() (all []AnomalyInfo) {
	for id := C.uint32_t(0); id < C.sipward_anomaly_count(); id++ {
		info := C.sipward_anomaly_info{struct_size: C.sizeof_sipward_anomaly_info}
		if C.sipward_anomaly_describe(id, &info) != C.SIPWARD_OK {
			break
		}
		all = append(all, AnomalyInfo{
			Name:              goText(info.name),
			Class:             AnomalyClass(info.anomaly_class),
			Sentence:          goText(info.sentence),
			RefusedInStrict:   info.refused_in_strict != 0,
			RefusedInTolerant: info.refused_in_tolerant != 0,
		})
	}
	return all
}()

// Anomalies describes all that there are, by their ID.
func Anomalies() []AnomalyInfo { return append([]AnomalyInfo(nil), anomalies...) }
