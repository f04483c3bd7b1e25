package sipward

// #include "handles.h"
import "C"

// Field is one of the fields that events have and rules read. Fields are numbered anew in each version
// of the library: ask for one by its name.
type Field uint32

// FieldType is what a field holds; the function that makes its Fact has the same name.
type FieldType uint32

const (
	TypeBool     = FieldType(C.SIPWARD_TYPE_BOOL)
	TypeInt      = FieldType(C.SIPWARD_TYPE_INT)
	TypeFloat    = FieldType(C.SIPWARD_TYPE_FLOAT)
	TypeString   = FieldType(C.SIPWARD_TYPE_STRING) // Text
	TypeDuration = FieldType(C.SIPWARD_TYPE_DURATION)
	TypeTime     = FieldType(C.SIPWARD_TYPE_TIME)
	TypeIP       = FieldType(C.SIPWARD_TYPE_IP)
	TypeCIDR     = FieldType(C.SIPWARD_TYPE_CIDR)
	TypeMoney    = FieldType(C.SIPWARD_TYPE_MONEY)
	TypeNumber   = FieldType(C.SIPWARD_TYPE_NUMBER) // Text: a telephone number, +49 or 49 in front; its digits count
	TypeEnum     = FieldType(C.SIPWARD_TYPE_ENUM)   // Text, one of the names that rules write: INVITE, tls, fail
)

// FindField is the field that events of this kind have under this name ("callee.number"). ErrField if
// they have none. It is a search through some hundred names: for load time.
func FindField(kind EventKind, name string) (Field, error) {
	var field C.uint32_t
	if err := statusError(C.sipward_field_find(C.uint32_t(kind), chars(name), size(name), &field)); err != nil {
		return 0, err
	}
	return Field(field), nil
}

// FieldInfo describes a field.
type FieldInfo struct {
	Field    Field
	Name     string
	Type     FieldType
	TypeName string // as the rule language has it: "string"
	Meaning  string // a line in English
	// Optional: rules can ask whether it is there. Of others 0 or no text is what rules see where no
	// fact gives them.
	Optional bool
	Events   uint32 // that have it: bit 1 << EventKind of each
}

// Has says whether events of this kind have the field.
func (f FieldInfo) Has(kind EventKind) bool { return kind < 32 && f.Events>>kind&1 != 0 }

// Fields describes all that there are.
func Fields() ([]FieldInfo, error) {
	var all []FieldInfo
	for {
		c := C.sipward_field_info{struct_size: C.sizeof_sipward_field_info}
		status := C.sipward_field_describe(C.uint32_t(len(all)), &c)
		if status == C.SIPWARD_END {
			return all, nil
		}
		if status != C.SIPWARD_OK {
			return nil, statusError(status)
		}
		all = append(all, FieldInfo{
			Field:    Field(c.field),
			Name:     goText(c.name),
			Type:     FieldType(c._type),
			TypeName: goText(c.type_name),
			Meaning:  goText(c.meaning),
			Optional: c.optional != 0,
			Events:   uint32(c.events),
		})
	}
}
