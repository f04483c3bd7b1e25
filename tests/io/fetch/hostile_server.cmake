# sipward_hostile_server(NAME): the test starts the server, which hands out certificates that are made for the tests.
function(sipward_hostile_server name)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  target_compile_definitions(${name} PRIVATE
    SIPWARD_PYTHON="${Python3_EXECUTABLE}"
    SIPWARD_HOSTILE_SERVER="${PROJECT_SOURCE_DIR}/tests/io/fetch/hostile_server.py"
    SIPWARD_TEST_PKI="${PROJECT_BINARY_DIR}/tests/identity/pki")
  add_dependencies(${name} test_pki)
endfunction()
