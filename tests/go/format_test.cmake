# gofmt has nothing to say about any Go source. -DGO= -DFOLDER=
get_filename_component(bin ${GO} REALPATH)
get_filename_component(bin ${bin} DIRECTORY)
find_program(gofmt gofmt HINTS ${bin} REQUIRED)
execute_process(
  COMMAND ${gofmt} -l ${FOLDER}/bindings/go ${FOLDER}/examples ${FOLDER}/benchmarks
  OUTPUT_VARIABLE unformatted ERROR_VARIABLE unformatted COMMAND_ERROR_IS_FATAL ANY)
if(NOT unformatted STREQUAL "")
  message(FATAL_ERROR "gofmt would change:\n${unformatted}")
endif()
