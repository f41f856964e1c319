# SPDX-License-Identifier: Apache-2.0
# run(COMMAND …): runs a command, prints what it printed, and stops the test if it failed.
# The output is left in `run_output`.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output
                  COMMAND_ECHO STDOUT)
  message(STATUS "${output}")
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "failed with ${code}: ${ARGN}")
  endif()
  set(run_output "${output}" PARENT_SCOPE)
endfunction()
