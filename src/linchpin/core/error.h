// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace linchpin {

// One list makes the enum and the text that machines read. Input codes mean "the user's data or
// request is wrong" (exit code 2), run codes mean "the run failed" (exit code 1).
#define LINCHPIN_INPUT_ERRORS(ENTRY)                                                            \
  ENTRY(bad_usage)          /* command line that cannot be understood                        */ \
  ENTRY(file_not_found)     /* no such file or built-in world                                */ \
  ENTRY(unreadable_file)    /* a directory, no permission, truncated, not what it claims     */ \
  ENTRY(unwritable_output)  /* output path cannot be made or written (disk full, not a folder) */ \
  ENTRY(bad_format)         /* text that is not the format it should be                      */ \
  ENTRY(bad_value)          /* number or text out of its allowed range                       */ \
  ENTRY(unknown_key)        /* key of a study or scenario that does not exist                */ \
  ENTRY(unknown_label)      /* region, sector, industry, measure … that does not exist       */ \
  ENTRY(duplicate_label)    /* the same label twice                                          */ \
  ENTRY(missing_value)      /* something required is absent                                  */ \
  ENTRY(size_mismatch)      /* two inputs that should be equally long are not                */ \
  ENTRY(unbalanced_table)   /* row and column sums disagree beyond the tolerance             */ \
  ENTRY(unproductive_table) /* spectral radius of A is not below one                         */ \
  ENTRY(invalid_table)      /* any other finding of severity error                           */ \
  ENTRY(too_large)          /* estimated memory or size beyond the limit                     */
#define LINCHPIN_RUN_ERRORS(ENTRY)                                                              \
  ENTRY(not_converged) /* an iteration ended without meeting its tolerance                   */ \
  ENTRY(not_finite)    /* a kernel produced NaN or Inf                                       */ \
  ENTRY(cancelled)     /* the caller asked to stop                                           */ \
  ENTRY(internal)      /* should not happen                                                  */

enum class ErrorCode {
#define ENTRY(name) name,
  LINCHPIN_INPUT_ERRORS(ENTRY) LINCHPIN_RUN_ERRORS(ENTRY)
#undef ENTRY
};

/// The name of `code`, as printed in JSON ("unknown_label").
[[nodiscard]] std::string_view to_string(ErrorCode code) noexcept;

/// True if the user's data or request is at fault (exit code 2), false if the run failed (1).
[[nodiscard]] bool is_input_error(ErrorCode code) noexcept;

/// What went wrong, where, and what to try. `further` holds the other problems found in the same
/// pass, because cleaning a file error by error is torture.
struct Error {
  ErrorCode code;
  std::string what;
  std::string where;
  std::string hint;
  std::vector<Error> further = {};
};

template <class T>
using Result = tl::expected<T, Error>;  // one line to change when C++23 is the floor

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string what,
                                                std::string where, std::string hint) {
  return fail(Error{code, std::move(what), std::move(where), std::move(hint)});
}

/// Collects problems; `first()` is the first with all others in `further`.
class ErrorList {
 public:
  void add(ErrorCode code, std::string what, std::string where, std::string hint);
  void add(Error error);  ///< flattens `error.further`
  [[nodiscard]] bool empty() const noexcept { return errors_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return errors_.size(); }
  /// One Error that carries them all. Precondition: not empty.
  [[nodiscard]] Error joined() const;

 private:
  std::vector<Error> errors_;
};

}  // namespace linchpin
