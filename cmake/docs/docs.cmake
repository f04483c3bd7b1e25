# The documentation of the public headers: cmake --build DIR --target docs writes it to docs/html there.
find_program(SIPWARD_DOXYGEN doxygen)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(SIPWARD_DOCS_DIR ${PROJECT_BINARY_DIR}/docs)
configure_file(${CMAKE_CURRENT_LIST_DIR}/Doxyfile.in ${SIPWARD_DOCS_DIR}/Doxyfile @ONLY)
if(SIPWARD_DOXYGEN)
  add_custom_target(docs
    COMMAND ${SIPWARD_DOXYGEN} ${SIPWARD_DOCS_DIR}/Doxyfile
    COMMENT "Documentation of the headers: ${SIPWARD_DOCS_DIR}/html"
    VERBATIM)
endif()
