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
	NumberEmergency     = NumberType(C.SIPWARD_NUMBER_EMERGENCY) // a short number for help: of rules that know their country
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

// CountryOf is the country that a code means: an ISO 3166-1 code, or a calling code with a + or
// without, which stands for the main country of those that share it. Empty if there is none.
func CountryOf(code string) (string, error) {
	var country C.sipward_text
	if err := statusError(C.sipward_number_country(chars(code), size(code), &country)); err != nil {
		return "", err
	}
	return knownName(country), nil
}

// CanonicalNumber is the one form of all that a number is written in: the digits of its E.164 form
// without the +; empty if the text is no number. What is dialled without a + is read as in home, a
// country as CountryOf takes it; if that is empty, digits without a + stay as they are. No such
// country is an error.
func CanonicalNumber(text, home string) (string, error) {
	var out [C.SIPWARD_NUMBER_DIGITS]byte
	var written C.size_t
	status := C.sipward_number_canonical(chars(text), size(text), chars(home), size(home), bytesOf(out[:]), C.size_t(len(out)), &written)
	if err := statusError(status); err != nil {
		return "", err
	}
	return string(out[:written]), nil
}
