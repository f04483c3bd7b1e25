# COMPONENT: the package that each belongs to (cmake/packages/packages.cmake).
#
# Headers, both libraries, and the two ways to find them: find_package(sipward) and pkg-config.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sipward)

install(FILES ${PROJECT_SOURCE_DIR}/include/sipward.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/sipward DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev
  FILES_MATCHING PATTERN "*.h")

# Two sets for each library, so that a host of the shared one needs nothing of what the static one links.
# sipward_install_library(TARGET EXPORT COMPONENT)
function(sipward_install_library target export component)
  install(TARGETS ${target}_shared EXPORT ${export}Targets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${component} NAMELINK_COMPONENT dev)
  install(TARGETS ${target}_static EXPORT ${export}StaticTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
  foreach(set IN ITEMS "" Static)
    install(EXPORT ${export}${set}Targets NAMESPACE sipward:: DESTINATION ${package_dir} COMPONENT dev)
  endforeach()
endfunction()
sipward_install_library(sipward sipward runtime)
get_property(adapters GLOBAL PROPERTY SIPWARD_ADAPTERS)
foreach(name IN LISTS adapters)
  sipward_install_library(sipward_${name} sipward_${name} ${name})
endforeach()

configure_package_config_file(sipwardConfig.cmake.in sipwardConfig.cmake
  INSTALL_DESTINATION ${package_dir})
# Before 1.0, a minor version may change the binary contract.
write_basic_package_version_file(sipwardConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/sipwardConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/sipwardConfigVersion.cmake
  DESTINATION ${package_dir} COMPONENT dev)

# Paths relative to the file, so that an installed tree can be moved.
file(RELATIVE_PATH SIPWARD_PC_PREFIX
  ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
# sipward_install_pc(TEMPLATE NAME)
function(sipward_install_pc template name)
  configure_file(${template} ${name}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${name}.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
endfunction()
sipward_install_pc(sipward.pc.in sipward)
set_property(GLOBAL PROPERTY SIPWARD_PC_LIBS "${SIPWARD_PC_LIBS}")
foreach(SIPWARD_ADAPTER IN LISTS adapters)
  get_property(SIPWARD_ADAPTER_DESCRIPTION GLOBAL PROPERTY SIPWARD_ADAPTER_${SIPWARD_ADAPTER}_DESCRIPTION)
  get_property(SIPWARD_ADAPTER_PC_LIBS GLOBAL PROPERTY SIPWARD_ADAPTER_${SIPWARD_ADAPTER}_PC_LIBS)
  sipward_install_pc(sipward-adapter.pc.in sipward-${SIPWARD_ADAPTER})
endforeach()
