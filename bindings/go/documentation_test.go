package sipward_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"strings"
	"testing"
)

// Every exported name says what it is; methods and functions begin with their name.
func TestEveryNameIsDocumented(t *testing.T) {
	for _, folder := range []string{".", "fetch", "capture"} {
		files := token.NewFileSet()
		sources := func(info fs.FileInfo) bool { return !strings.HasSuffix(info.Name(), "_test.go") }
		for _, parsed := range value(parser.ParseDir(files, folder, sources, parser.ParseComments))(t) {
			undocumented(t, files, parsed)
			page := doc.New(parsed, folder, 0)
			if len(page.Doc) < 500 {
				t.Errorf("%s: the package says little of itself", folder)
			}
			for _, f := range page.Funcs {
				begins(t, f.Name, f.Doc)
			}
			for _, typ := range page.Types {
				begins(t, typ.Name, typ.Doc)
				for _, f := range append(typ.Funcs, typ.Methods...) {
					begins(t, f.Name, f.Doc)
				}
			}
		}
	}
}

func begins(t *testing.T, name, text string) {
	t.Helper()
	if ast.IsExported(name) && !strings.HasPrefix(text, name) && !strings.HasPrefix(text, "A "+name) {
		t.Errorf("%s: its comment begins with %q", name, strings.SplitN(text, "\n", 2)[0])
	}
}

// undocumented finds constants, variables and members of structs without a word; those of one line with a
// documented one, and those whose name says it all in a documented block, pass.
func undocumented(t *testing.T, files *token.FileSet, parsed *ast.Package) {
	ast.Inspect(parsed, func(node ast.Node) bool {
		declared, ok := node.(*ast.GenDecl)
		if !ok || declared.Tok != token.CONST && declared.Tok != token.VAR {
			return true
		}
		said := 0
		for _, spec := range declared.Specs {
			v := spec.(*ast.ValueSpec)
			if v.Doc != nil || v.Comment != nil || declared.Doc != nil {
				said++
			}
		}
		for _, spec := range declared.Specs {
			v := spec.(*ast.ValueSpec)
			if v.Names[0].IsExported() && said == 0 && v.Type == nil && !typed(v) {
				t.Errorf("%s: %s says nothing", files.Position(v.Pos()), v.Names[0])
			}
		}
		return true
	})
}

// typed says whether a constant is one of a type, as Scheme(C.SIPWARD_SCHEME_SIP), which is documented.
func typed(v *ast.ValueSpec) bool {
	if len(v.Values) != 1 {
		return false
	}
	_, call := v.Values[0].(*ast.CallExpr)
	return call
}
