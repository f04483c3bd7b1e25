package sipward

// #include "handles.h"
import "C"

// NumberType is what sort of number a telephone number is.
type NumberType uint32

const (
	NumberNone          = NumberType(C.SIPWARD_NUMBER_NONE)        // not in E.164 form: nothing, a short number, no country code
	NumberUnallocated   = NumberType(C.SIPWARD_NUMBER_UNALLOCATED) // the plan of its country has no such number
	NumberFixed         = NumberType(C.SIPWARD_NUMBER_FIXED)
	NumberMobile        = NumberType(C.SIPWARD_NUMBER_MOBILE)
	NumberFixedOrMobile = NumberType(C.SIPWARD_NUMBER_FIXED_OR_MOBILE) // the plan does not say which
	NumberPremium       = NumberType(C.SIPWARD_NUMBER_PREMIUM)
	NumberTollFree      = NumberType(C.SIPWARD_NUMBER_TOLL_FREE)
	NumberSharedCost    = NumberType(C.SIPWARD_NUMBER_SHARED_COST)
	NumberVoIP          = NumberType(C.SIPWARD_NUMBER_VOIP)
	NumberPersonal      = NumberType(C.SIPWARD_NUMBER_PERSONAL)
	NumberPager         = NumberType(C.SIPWARD_NUMBER_PAGER)
	NumberUAN           = NumberType(C.SIPWARD_NUMBER_UAN) // a company's number for the whole of a country
	NumberVoicemail     = NumberType(C.SIPWARD_NUMBER_VOICEMAIL)
	NumberSatellite     = NumberType(C.SIPWARD_NUMBER_SATELLITE)
)

// NumberInfo is what is known of a telephone number. All but Type and TypeName is empty of what is none.
type NumberInfo struct {
	Type        NumberType
	TypeName    string // as rules write it: "mobile"
	Country     string // ISO 3166-1 code: "DE"; "001" of numbers that are no country's
	Region      string // part of the world: "europe", "caribbean"; "world" of 001
	CallingCode string // "49"
	Valid       bool   // the plan has such a number; in use or not
}

// LookupNumber looks up a number in E.164 form: digits with the country calling code in front; a
// leading + and the separators -.() are skipped. Whatever is no number is NumberNone and no error.
func LookupNumber(text string) (NumberInfo, error) {
	c := C.sipward_number_info{struct_size: C.sizeof_sipward_number_info}
	if err := statusError(C.sipward_number_lookup(chars(text), size(text), &c)); err != nil {
		return NumberInfo{}, err
	}
	return NumberInfo{
		Type:        NumberType(c._type),
		TypeName:    knownName(c.type_name),
		Country:     knownName(c.country),
		Region:      knownName(c.region),
		CallingCode: knownName(c.calling_code),
		Valid:       c.valid != 0,
	}, nil
}
