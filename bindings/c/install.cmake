# COMPONENT: the package that each belongs to (cmake/packages/packages.cmake).
#
# Headers, both libraries, and the two ways to find them: find_package(sipward) and pkg-config.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sipward)

install(FILES ${PROJECT_SOURCE_DIR}/include/sipward.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/sipward DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev
  FILES_MATCHING PATTERN "*.h")

# Two sets, so that a host of the shared library needs nothing of what the static one links.
install(TARGETS sipward_shared EXPORT sipwardTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT dev)
install(TARGETS sipward_static EXPORT sipwardStaticTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
install(TARGETS sipward_fetch_shared EXPORT sipwardFetchTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT fetch NAMELINK_COMPONENT dev)
install(TARGETS sipward_fetch_static EXPORT sipwardFetchStaticTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
foreach(set IN ITEMS "" Static Fetch FetchStatic)
  install(EXPORT sipward${set}Targets NAMESPACE sipward:: DESTINATION ${package_dir} COMPONENT dev)
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
foreach(name IN ITEMS sipward sipward-fetch)
  configure_file(${name}.pc.in ${name}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${name}.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
endforeach()
