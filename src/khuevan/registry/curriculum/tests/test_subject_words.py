"""Words by which schools call their subjects in lists of lessons."""

from __future__ import annotations

import pytest

from khuevan.registry.curriculum.imports.subjects import subject_of
from khuevan.registry.staff.api import subjects_of

CAREER = "Hoạt động trải nghiệm, hướng nghiệp"


@pytest.mark.parametrize(
    ("word", "level", "subject"),
    [
        ("SHDC", "TH", "Hoạt động trải nghiệm"),
        ("Sinh hoạt dưới cờ", "THCS", CAREER),
        ("Chào cờ", "THPT", CAREER),
        ("SHCN", "TH", "Hoạt động trải nghiệm"),
        ("SHCN", "THCS", CAREER),
        ("HĐGD theo chủ đề", "THPT", CAREER),
        ("QPAN", "THPT", "Giáo dục quốc phòng và an ninh"),
        ("Sử-Địa", "THCS", "Lịch sử và Địa lí"),
        ("KT&PL", "THPT", "Giáo dục kinh tế và pháp luật"),
        ("T.Anh", "THCS", "Tiếng Anh"),
        ("TH & CN", "TH", "Tin học và Công nghệ"),
        ("KHTN", "THCS", "Khoa học tự nhiên"),
        ("Sử-Địa", "THPT", ""),
    ],
)
def test_a_word_means_the_subject_of_its_level(word: str, level: str, subject: str) -> None:
    assert subject_of(word, level=level) == subject
    assert not subject or subject in subjects_of()
