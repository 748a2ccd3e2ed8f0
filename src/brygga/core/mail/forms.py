from django import forms


class ChosenMessageForm(forms.Form):
    message_id = forms.CharField(max_length=255, widget=forms.HiddenInput)
