from kbk.errors import Conflict, DomainError


def test_domain_error_carries_its_sentence_and_field() -> None:
    error = Conflict("Risalah sudah diubah orang lain; muat ulang halaman.", field="version")
    assert isinstance(error, DomainError)
    assert (error.message, error.field) == ("Risalah sudah diubah orang lain; muat ulang halaman.", "version")
    assert str(error) == error.message
