"""An editor at the desk, in a real browser."""

from playwright.sync_api import expect


def test_an_editor_finds_a_figure_corrects_it_and_accepts_it(visit, book, django_user_model):
    django_user_model.objects.create_superuser("editor", password="a-long-password")
    page = visit("/admin/measures/metric/")
    page.get_by_label("用户名").fill("editor")
    page.get_by_label("密码").fill("a-long-password")
    page.get_by_label("密码").press("Enter")
    page.get_by_role("link", name="84个").click()
    expect(page.locator(".field-sentence mark")).to_have_text("84个")
    page.get_by_label("对象").fill("参加的社区")
    page.locator("#decide-reason").fill("已核对")
    page.get_by_role("button", name="保存并采纳").click()
    expect(page.locator(".messagelist")).to_contain_text("已采纳 1 条")
    expect(page.locator(".field-status .readonly")).to_have_text("已采纳")
    figure = book.metrics.get()
    assert (figure.subject, figure.status, figure.reason) == ("参加的社区", "accepted", "已核对")
    assert set(figure.edited) == {"subject"}
    assert page.complaints == []
