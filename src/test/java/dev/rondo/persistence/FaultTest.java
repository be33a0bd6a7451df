package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rocksdb.Status;

class FaultTest {

  @ParameterizedTest
  @CsvSource({
    "IOError,    NoSpace, No space left on device: While appending to file: 4.log, NO_SPACE",
    "IOError,    None,    No space left on device: While appending to file: 4.log, NO_SPACE",
    "IOError,    NoSpace, While appending to file: /mnt/sync/4.log, NO_SPACE",
    "IOError,    NoSpace, No space left on device: While fdatasync: 4.log, FATAL",
    "IOError,    None,    Input/output error: While fdatasync: 4.log, FATAL",
    "IOError,    None,    Too many open files: While open a file: 4.sst, FATAL",
    "IOError,    None,    Permission denied: While open a file: CURRENT, FATAL",
    "IOError,    None,    No such file or directory: While open a file: 4.sst, CORRUPT",
    "IOError,    None,    While lock file: store/LOCK: Resource temporarily unavailable, LOCKED",
    "Corruption, None,    checksum mismatch, CORRUPT",
    "InvalidArgument, None, store/CURRENT: does not exist (create_if_missing is false), CORRUPT",
    "InvalidArgument, None, Column families not opened: later, FATAL",
    "NotSupported,    None, unknown format version, FATAL"
  })
  void a_failure_means(Status.Code code, Status.SubCode subCode, String words, Fault expected) {
    assertThat(Fault.of(new Status(code, subCode, words))).isEqualTo(expected);
  }
}
